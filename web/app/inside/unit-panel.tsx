import './unit.css';
import {capitalised, count} from '../../../common/format';
import type {Box, LayerView, UnitView} from '../../lab/inside/types';
import {lab} from '../lab';
import {DigitPicture} from '../parts/digit-picture';
import {coloursOf, largest} from '../parts/paint';
import {PictureCanvas} from '../parts/picture-canvas';
import {PictureChooser} from '../parts/picture-chooser';
import {chosen, forgetChoice, lookedAt, place} from './chosen';
import {ExcitingImages} from './exciting-images';
import {useOnScreen} from './on-screen';
import {titleOf, unitWord} from './texts';
import {useAnswer} from './use-answer';
import {Working} from './working';

/** The unit that is chosen: its weights, what it looks at, how its value comes about, and what excites it. */
export function UnitPanel({view}: {view: LayerView}) {
  const {ref, visible} = useOnScreen();
  const answer = useAnswer(visible, () => {
    const [choice, pixels, at] = [chosen.value, lookedAt.value, place.value];
    return choice && (() => lab.inside.unit(pixels, choice, at));
  });
  const unit = answer.value;
  const choice = chosen.value;
  if (!choice) return null;
  const isCurrent = unit?.layer === choice.layer && unit.unit === choice.unit;
  return (
    <div ref={ref} class="unit">
      <div class="unit-title">
        <h5>
          {capitalised(unitWord(view))} {choice.unit + 1} of layer {choice.layer + 1}, {titleOf(view).toLowerCase()}
        </h5>
        <button type="button" onClick={forgetChoice}>
          Close
        </button>
      </div>
      {unit && isCurrent && (
        <>
          <Figures unit={unit} />
          <Working unit={unit} />
        </>
      )}
      <ExcitingImages visible={visible} />
    </div>
  );
}

function Figures({unit}: {unit: UnitView}) {
  const {weights, answer, field} = unit;
  return (
    <div class="unit-figures">
      {weights && <Weights {...weights} />}
      {field && (
        <figure>
          <DigitWithField field={field} />
          <figcaption>what it looks at of the digit</figcaption>
        </figure>
      )}
      {answer && (
        <figure>
          <PictureChooser
            picture={answer}
            colours={coloursOf([answer])}
            most={largest([answer])}
            chosen={unit.place}
            label={`Its answer; arrow keys choose the pixel: row ${(unit.place?.[0] ?? 0) + 1}, column ${(unit.place?.[1] ?? 0) + 1}`}
            byHover
            onChoose={(spot) => {
              place.value = spot;
            }}
          />
          <figcaption>its answer: point at a pixel, or move by arrow keys</figcaption>
        </figure>
      )}
    </div>
  );
}

function Weights({pictures, count: all}: NonNullable<UnitView['weights']>) {
  const most = largest(pictures);
  const row = pictures.length === 1 && pictures[0].height === 1;
  return (
    <figure class={row ? 'row' : pictures.length > 1 ? 'many' : undefined}>
      <div class="weight-pictures">
        {pictures.map((picture, i) => (
          <PictureCanvas key={String(i)} picture={picture} colours="weights" most={most} />
        ))}
      </div>
      <figcaption>
        its weights: blue counts for it, orange against
        {pictures.length < all && `; those for the first ${pictures.length} of ${count(all)} pictures`}
      </figcaption>
    </figure>
  );
}

/** The digit with a frame around the pixels that a value depends on. */
function DigitWithField({field: {top, left, width, height}}: {field: Box}) {
  const share = (pixels: number) => `${(100 * pixels) / 28}%`;
  return (
    <div class="field-box">
      <DigitPicture pixels={lookedAt.value} label="The digit that is shown" />
      <span style={{top: share(top), left: share(left), width: share(width), height: share(height)}} />
    </div>
  );
}
