import './unit.css';
import {useEffect} from 'preact/hooks';
import {capitalised} from '../../../common/format';
import type {Box, LayerView, UnitView} from '../../lab/inside/types';
import {texts} from '../../texts';
import {lab} from '../lab';
import {DigitPicture} from '../parts/digit-picture';
import {coloursOf, largest} from '../parts/paint';
import {PictureCanvas} from '../parts/picture-canvas';
import {PictureChooser} from '../parts/picture-chooser';
import {chosen, forgetChoice, lookedAt, place} from './chosen';
import {ExcitingImages} from './exciting-images';
import {useOnScreen} from './on-screen';
import {useAnswer} from './use-answer';
import {titleOf, unitOf} from './words';
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
  useEffect(() => ref.current?.scrollIntoView({block: 'nearest'}), [choice]);
  if (!choice) return null;
  const word = texts.inside.units[unitOf(view)];
  const isCurrent = unit?.layer === choice.layer && unit.unit === choice.unit;
  return (
    <div ref={ref} class="unit">
      <div class="unit-title">
        <h5>{capitalised(texts.inside.unitTitle(word, choice.unit + 1, choice.layer + 1, titleOf(view)))}</h5>
        <button type="button" onClick={forgetChoice}>
          {texts.inside.close}
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
          <figcaption>{texts.inside.looksAt}</figcaption>
        </figure>
      )}
      {answer && (
        <figure>
          <PictureChooser
            picture={answer}
            colours={coloursOf([answer])}
            most={largest([answer])}
            chosen={unit.place}
            label={texts.inside.answerAt((unit.place?.[0] ?? 0) + 1, (unit.place?.[1] ?? 0) + 1)}
            byHover
            onChoose={(spot) => {
              place.value = spot;
            }}
          />
          <figcaption>{texts.inside.answer}</figcaption>
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
        {pictures.length < all ? texts.inside.weightsOfFirst(pictures.length, all) : texts.inside.weights}
      </figcaption>
    </figure>
  );
}

/** The digit with a frame around the pixels that a value depends on. */
function DigitWithField({field: {top, left, width, height}}: {field: Box}) {
  const share = (pixels: number) => `${(100 * pixels) / 28}%`;
  return (
    <div class="field-box">
      <DigitPicture pixels={lookedAt.value} label={texts.inside.shownDigit} />
      <span style={{top: share(top), left: share(left), width: share(width), height: share(height)}} />
    </div>
  );
}
