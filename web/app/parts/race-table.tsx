import {shortNumber} from '../../../common/format';
import {nameOf} from '../../race/entrants';
import {noteOn, noteOnBackend} from '../../race/notes';
import {measuredRate} from '../../race/sentences';
import type {Entrant, Phase, Result, Standing} from '../../race/types';
import {texts} from '../../texts';

const OWN = 'mnist-wasm';
const {columns} = texts.race;

interface Props {
  phase: Phase;
  standings: readonly Standing[];
  /** Images of a step. */
  batchSize: number;
}

/** A phase of a race: the figures of all competitors, with bars of images a second. */
export function RaceTable({phase, standings, batchSize}: Props) {
  const rates = standings.map(({results}) => shownRate(results[phase]));
  const most = Math.max(...rates.map((rate) => rate ?? 0));
  const first = measuredRate(standings[0]?.results[phase]);
  return (
    <table class="race">
      <caption>{texts.race.table(phase, batchSize)}</caption>
      <thead>
        <tr>
          <th scope="col">{columns.backend}</th>
          <th scope="col">{columns.rate}</th>
          <th scope="col" class="number">
            {columns.milliseconds}
          </th>
          <th scope="col" class="number">
            {columns.beside}
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
      <span class="race-name">{backend},</span> {texts.race.ofThreads(threads)}
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
          {shortNumber(rate)}
          {measured?.spread && <span class="soft"> {texts.race.spread(measured.spread)}</span>}
        </span>
        <span class="track" aria-hidden="true">
          <span
            class={standing.backend === OWN ? 'bar' : 'bar other'}
            style={{transform: `scaleX(${most > 0 ? rate / most : 0})`}}
          />
        </span>
      </td>
      <td class="number">{measured ? shortNumber(measured.milliseconds) : '…'}</td>
      <td class="number">{measured && first ? texts.race.beside(measured.imagesPerSecond / first) : '–'}</td>
    </>
  );
}

/** What there is to draw a bar of. */
function shownRate(result: Result | undefined): number | undefined {
  return result?.kind === 'running' ? result.imagesPerSecond : measuredRate(result);
}
