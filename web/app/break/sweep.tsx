import {type Change, changed, RANGES, steps} from '../../break/changes';
import {texts} from '../../texts';
import {useOnScreen} from '../inside/on-screen';
import {useAnswer} from '../inside/use-answer';
import {lab} from '../lab';
import {changes, noiseSeed, wholeDigit} from '../store';
import {type Reading, readingsOf, runsOf} from './runs';

/** Values of the change that are tried, at most. */
const MOST = 41;
const PIXELS = 784;

/** What the network reads over the whole range of one change, the others as they are. */
export function Sweep({change}: {change: Change}) {
  const {ref, visible} = useOnScreen();
  const values = steps(change, MOST);
  const answer = useAnswer(visible, () => {
    const images = wholeDigit.value && tried(wholeDigit.value, change, values);
    return images && (() => lab.inside.answersTo(images));
  });
  const [whole, ...readings] = answer.value ? readingsOf(answer.value) : [];
  return (
    <div ref={ref} class="sweep">
      <h3>{texts.break.sweep(texts.break.changes[change])}</h3>
      {whole && <Bars whole={whole} readings={readings} change={change} values={values} />}
      <p class="soft">{texts.break.sweepExplained}</p>
    </div>
  );
}

/** The whole digit, and the digit with each value, [values + 1, 784]. */
function tried(pixels: Uint8Array, change: Change, values: readonly number[]): Uint8Array {
  const images = new Uint8Array((values.length + 1) * PIXELS);
  images.set(pixels);
  values.forEach((value, i) => {
    images.set(changed(pixels, {...changes.value, [change]: value}, noiseSeed.value), (i + 1) * PIXELS);
  });
  return images;
}

interface Props {
  whole: Reading;
  readings: readonly Reading[];
  change: Change;
  values: readonly number[];
}

function Bars({whole, readings, change, values}: Props) {
  const inWords = texts.break.values[change];
  const runs = runsOf(readings);
  const {min, max} = RANGES[change];
  const sentence = runs
    .map(({digit, first, last}) => texts.break.run(digit, inWords(values[first]), inWords(values[last])))
    .join('; ');
  return (
    <div class="sweep-chart" role="img" aria-label={sentence} style={{'--count': values.length}}>
      <div class="sweep-bars">
        {readings.map(({digit, probability}, i) => (
          <span
            key={String(i)}
            class={digit === whole.digit ? 'same' : 'other'}
            style={{transform: `scaleY(${probability})`}}
          />
        ))}
        <i class="sweep-now" style={{left: `${(100 * (changes.value[change] - min)) / (max - min)}%`}} />
      </div>
      <div class="sweep-runs">
        {runs.map(({digit, first, last}) => (
          <b key={String(first)} style={{gridColumn: `${first + 1} / ${last + 2}`}}>
            {digit}
          </b>
        ))}
      </div>
      <div class="sweep-ends soft">
        <span>{inWords(min)}</span>
        <span>{inWords(max)}</span>
      </div>
    </div>
  );
}
