import {count, threadsInWords} from '../../../common/format';
import {nameOf} from '../../race/entrants';
import {beside, measuredRate, shortNumber} from '../../race/sentences';
import type {Entrant, Phase, Result, Standing} from '../../race/types';

const OWN = 'mnist-wasm';

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
  const first = measuredRate(standings[0]?.results[phase]);
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
            Beside the first
          </th>
        </tr>
      </thead>
      <tbody>
        {standings.map((standing, i) => (
          <tr key={nameOf(standing)}>
            <th scope="row">
              <Title {...standing} /> <span class="soft">{noteOnBackend(standing, phase)}</span>
            </th>
            <Row standing={standing} phase={phase} rate={rates[i]} most={most} first={first} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** mnist-wasm, 2 threads. */
function Title({backend, threads}: Entrant) {
  if (threads === undefined) return <>{backend}</>;
  return (
    <>
      <span class="race-name">{backend},</span> {threadsInWords(threads)}
    </>
  );
}

interface RowProps {
  standing: Standing;
  phase: Phase;
  rate: number | undefined;
  most: number;
  /** The rate of the first. */
  first: number | undefined;
}

function Row({standing, phase, rate, most, first}: RowProps) {
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
        <span class="rate">
          {rateText(rate)}
          {measured?.spread && (
            <span class="soft">
              {' '}
              ({rateText(measured.spread.low)} to {rateText(measured.spread.high)})
            </span>
          )}
        </span>
        <span class="track" aria-hidden="true">
          <span
            class={standing.backend === OWN ? 'bar' : 'bar other'}
            style={{transform: `scaleX(${most > 0 ? rate / most : 0})`}}
          />
        </span>
      </td>
      <td class="number">{measured ? shortNumber(measured.milliseconds) : '…'}</td>
      <td class="number">{measured && first ? beside(measured.imagesPerSecond / first) : '–'}</td>
    </>
  );
}

function rateText(rate: number): string {
  return rate < 9.95 ? shortNumber(rate) : count(rate);
}

/** The feature level, and the threads where the title does not tell them. */
function noteOnBackend({info, threads: wanted, results}: Standing, phase: Phase): string {
  const result = results[phase];
  const threads = result?.kind === 'measured' ? result.threads : undefined;
  const notes = [
    info?.featureLevel,
    info?.inSoftware && 'in software: without a graphics processor',
    threads !== undefined && threads !== wanted && `${threadsInWords(threads)}${wanted === undefined ? '' : ' in use'}`,
  ];
  return notes.filter(Boolean).join(', ');
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
