import './overview.css';
import {argMax} from '../../../common/statistics';
import type {LayerView} from '../../lab/inside/types';
import {texts} from '../../texts';
import {coloursOf, largest} from '../parts/paint';
import {PictureCanvas} from '../parts/picture-canvas';
import {Scroll} from '../parts/scroll';
import {SectionLink} from '../parts/section-link';
import {wrapped} from './cells';
import {Edges} from './edges';
import {MOST_PICTURES, type Stage, stagesOf} from './stages';
import {sizeInWords, titleOf} from './words';

const {overview} = texts.inside;

/** Cells below each other. */
const ROWS = 20;

interface Props {
  views: readonly LayerView[];
  /** [784], the image. */
  pixels: Uint8Array;
}

/** The whole network in one picture, from the image to the answer; each layer leads to its strip. */
export function Overview({views, pixels}: Props) {
  const stages = stagesOf(views, pixels);
  return (
    <figure class="overview">
      <Scroll label={overview.label}>
        <ol>
          {stages.map((stage, i) => (
            <li key={stage.layer}>
              {i > 0 && <Edges from={stages[i - 1]} to={stage} />}
              <StageColumn stage={stage} />
            </li>
          ))}
        </ol>
      </Scroll>
      <figcaption class="soft">{overview.caption}</figcaption>
    </figure>
  );
}

function StageColumn({stage}: {stage: Stage}) {
  const {layer, view} = stage;
  if (!view) {
    return (
      <div class="stage-column">
        <b>{overview.image}</b>
        <Items stage={stage} />
      </div>
    );
  }
  return (
    <SectionLink id={stripId(layer)} class="stage-column">
      <b>{layer + 1}</b>
      <Items stage={stage} />
      <span class="visually-hidden">{overview.layer(titleOf(view), sizeInWords(view))}</span>
    </SectionLink>
  );
}

function Items({stage: {pictures, view, form}}: {stage: Stage}) {
  if (form === 'outputs') return <Answer values={pictures[0].values} />;
  const [colours, most] = [coloursOf(pictures), largest(pictures)];
  if (form === 'cells') {
    const [row] = pictures;
    return (
      <span class="items">
        <span class="stage-cells">
          <PictureCanvas picture={wrapped(row, Math.ceil(row.width / ROWS))} colours={colours} most={most} />
        </span>
      </span>
    );
  }
  return (
    <>
      <span class="items">
        {pictures.map((picture, i) => (
          <PictureCanvas key={String(i)} picture={picture} colours={colours} most={most} />
        ))}
      </span>
      <small>{view && view.count > MOST_PICTURES ? overview.more(view.count - MOST_PICTURES) : '\u00a0'}</small>
    </>
  );
}

function Answer({values}: {values: ArrayLike<number>}) {
  const answer = argMax(values);
  return (
    <span class="items">
      {Array.from(values, (value, digit) => (
        <span key={String(digit)} class={digit === answer ? 'stage-output most' : 'stage-output'}>
          {digit}
          <span class="track">
            <span class="fill" style={{transform: `scaleX(${Math.max(0, Math.min(1, value))})`}} />
          </span>
        </span>
      ))}
    </span>
  );
}

/** Of the strip of a layer, by its position among the strips. */
export function stripId(layer: number): string {
  return `layer-${layer + 1}`;
}
