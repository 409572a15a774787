/** A race's figures as they leave the page: for a chart, and as CSV. */
import type {Machine} from './machine';
import {PHASES, type Phase, type Standing} from './types';

/** Rates further apart than this are drawn on a logarithmic scale: the shortest bar would be a line. */
const FAR_APART = 20;

/** What was raced, and on what. */
export interface RaceRecord {
  /** Of the model. */
  title: string;
  batchSize: number;
  rounds: number;
  /** Of each phase of each turn. */
  seconds: number;
  machine: Machine;
  versions: {own: string; tfjs: string};
  date: Date;
}

/** Where an axis of rates begins and ends, and whether each of its lines is ten times the one before. */
export interface RateScale {
  log: boolean;
  min: number;
  max: number;
}

/** Of all that is drawn on it: rates with their slowest and fastest. */
export function scaleOf(rates: readonly number[]): RateScale {
  const low = Math.min(...rates);
  const high = Math.max(...rates);
  if (rates.length === 0) return {log: false, min: 0, max: 1};
  if (high / low <= FAR_APART) return {log: false, min: 0, max: high};
  // The shortest bar is to be seen.
  return {log: true, min: 10 ** Math.floor(Math.log10(low / 1.5)), max: 10 ** Math.ceil(Math.log10(high))};
}

export function ratesOf(standings: readonly Standing[], phase: Phase): number[] {
  return standings.flatMap(({results}) => {
    const result = results[phase];
    if (result?.kind !== 'measured') return [];
    const {imagesPerSecond, spread} = result;
    return [imagesPerSecond, ...(spread ? [spread.low, spread.high] : [])];
  });
}

type Cell = string | number | undefined;

/**
 * As CSV (RFC 4180): a line for each phase of each competitor, which has with it all that it was measured on. What was not
 * measured is empty, and `result` says why.
 */
export function raceCsv(standings: readonly Standing[], record: RaceRecord): string {
  const {title, batchSize, rounds, seconds, machine, versions, date} = record;
  const rows = PHASES.flatMap((phase) =>
    standings.map((standing): Record<string, Cell> => {
      const result = standing.results[phase];
      const measured = result?.kind === 'measured' ? result : undefined;
      return {
        phase,
        backend: standing.backend,
        threads: measured?.threads ?? standing.threads,
        level: standing.info?.featureLevel,
        images_per_second: rounded(measured?.imagesPerSecond),
        slowest: rounded(measured?.spread?.low),
        fastest: rounded(measured?.spread?.high),
        ms_per_step: rounded(measured?.milliseconds),
        steps: measured?.steps,
        result: result?.kind ?? standing.state,
        network: title,
        batch: batchSize,
        rounds,
        seconds,
        browser: machine.browser,
        system: machine.system,
        cores: machine.cores,
        'mnist-wasm': versions.own,
        tfjs: versions.tfjs,
        date: date.toISOString(),
      };
    }),
  );
  const lines = [Object.keys(rows[0] ?? {}), ...rows.map((row) => Object.values(row))];
  return lines.map((line) => `${line.map(cellOf).join(',')}\r\n`).join('');
}

/** To five figures: no clock of a browser tells more. */
function rounded(value: number | undefined): number | undefined {
  return value === undefined ? undefined : Number(value.toPrecision(5));
}

function cellOf(cell: Cell): string {
  const text = String(cell ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
