import {count, threadsInWords} from '../../../common/format';
import {measuredRate, shortNumber} from '../../race/sentences';
import type {Phase, Result, Standing} from '../../race/types';

const REFERENCE = 'mnist-wasm';

interface Props {
  phase: Phase;
  title: string;
  standings: readonly Standing[];
  /** Images of a step. */
  batchSize: number;
}

/** A phase of a race: the figures of all competitors, with bars of images a second. */
export function RaceTable({phase, title, standings, batchSize}: Props) {
  const rates = standings.map(({results}) => shownRate(results[phase]));
  const most = Math.max(...rates.map((rate) => rate ?? 0));
  const reference = measuredRate(standings.find(({backend}) => backend === REFERENCE)?.results[phase]);
  return (
    <table class="race">
      <caption>
        {title}, {batchSize} images at a time
      </caption>
      <thead>
        <tr>
          <th scope="col">Backend</th>
          <th scope="col">Images a second</th>
          <th scope="col" class="number">
            ms a step
          </th>
          <th scope="col" class="number">
            Times {REFERENCE}
          </th>
        </tr>
      </thead>
      <tbody>
        {standings.map((standing, i) => (
          <tr key={standing.backend}>
            <th scope="row">
              {standing.backend}
              {standing.info?.featureLevel && <span class="soft"> {noteOnLevel(standing, phase)}</span>}
            </th>
            <Row standing={standing} phase={phase} rate={rates[i]} most={most} reference={reference} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  standing: Standing;
  phase: Phase;
  rate: number | undefined;
  most: number;
  reference: number | undefined;
}

function Row({standing, phase, rate, most, reference}: RowProps) {
  const result = standing.results[phase];
  if (rate === undefined) {
    return (
      <td colSpan={3} class="soft race-note">
        {noteOn(standing, phase)}
      </td>
    );
  }
  const measured = result?.kind === 'measured' ? result : undefined;
  return (
    <>
      <td>
        <span class="rate">{rate < 9.95 ? shortNumber(rate) : count(rate)}</span>
        <span class="track" aria-hidden="true">
          <span
            class={standing.backend === REFERENCE ? 'bar' : 'bar other'}
            style={{transform: `scaleX(${most > 0 ? rate / most : 0})`}}
          />
        </span>
      </td>
      <td class="number">{measured ? shortNumber(measured.milliseconds) : '…'}</td>
      <td class="number">{measured && reference ? shortNumber(measured.imagesPerSecond / reference) : '–'}</td>
    </>
  );
}

/** The feature level, and the threads that a measured phase had. */
function noteOnLevel({info, results}: Standing, phase: Phase): string {
  const result = results[phase];
  const threads = result?.kind === 'measured' ? result.threads : undefined;
  return `${info?.featureLevel}${threads === undefined ? '' : `, ${threadsInWords(threads)}`}`;
}

/** What there is to draw a bar of. */
function shownRate(result: Result | undefined): number | undefined {
  return result?.kind === 'running' ? result.imagesPerSecond : measuredRate(result);
}

/** In place of figures. */
function noteOn({state, reason, results}: Standing, phase: Phase): string {
  const result = results[phase];
  if (result?.kind === 'running') return 'warming up …';
  if (result?.kind === 'cannot') {
    return phase === 'training'
      ? `cannot train this model: ${result.reason}`
      : `cannot run this model: ${result.reason}`;
  }
  if (result?.kind === 'skipped') return 'not tried: too slow already without learning';
  if (result?.kind === 'too-slow') {
    const {seconds, imagesPerSecondBelow} = result;
    return `no step within ${seconds} s: fewer than ${shortNumber(imagesPerSecondBelow)} images a second`;
  }
  if (state === 'unavailable') return reason ?? '';
  if (state === 'starting') return 'starting …';
  return state === 'stopped' ? 'stopped' : 'waiting';
}
