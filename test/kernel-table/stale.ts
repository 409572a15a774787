import type {FeatureLevel} from 'mnist-wasm';
import {type ErrorUnit, FLOAT_ULP, formatError, toleranceTerms} from '../cases/tolerance';
import type {Tolerance} from '../cases/types';
import {LEVELS, markdown} from './markdown';
import type {KernelRow} from './rows';

/**
 * What is wrong in the text of docs/kernels.md, by the rows as they are now, measured at one level; nothing where it
 * holds. The text must be the same but for the errors.
 *
 * An error may be another one on another machine, or with another V8: tfjs-backend-cpu calls its Math functions, which
 * change by a last place, and where there is no fused multiply-add the relaxed level rounds as simd does. So it must be
 * within a factor of 2 of what is documented for one of the levels, or between those; or off from that by no more than
 * one unit in the last place. And it must never be larger than the tolerance.
 */
export function staleness(
  documented: string,
  rows: readonly KernelRow[],
  versions: Readonly<Record<string, string>>,
  level: FeatureLevel,
): string[] {
  const lines = documented.split('\n');
  const expected = markdown(rows, versions).split('\n');
  for (let i = 0; i < Math.max(lines.length, expected.length); i++) {
    const [found, wanted] = [lines[i], expected[i]].map((line = '(nothing)') => withoutErrors(line));
    if (found !== wanted) return [`line ${i + 1}: ${found}\n  should be: ${wanted}`];
  }
  const errors = new Map(lines.map(cellsOf).map((cells) => [cells[0], cells.slice(-LEVELS.length)]));
  return rows.flatMap((row) => staleErrors(row, errors.get(row.kernel) ?? [], level));
}

/** The cells of a line of a table; of another line, the line. */
function cellsOf(line: string): string[] {
  return line.startsWith('| ') ? line.slice(2, -2).split(' | ') : [line];
}

function withoutErrors(line: string): string {
  const cells = cellsOf(line);
  return cells.length > LEVELS.length ? cells.slice(0, -LEVELS.length).join(' | ') : line;
}

function staleErrors({kernel, tolerance, worst}: KernelRow, documented: string[], level: FeatureLevel): string[] {
  const found = worst[level];
  if (!found) return documented.every((cell) => cell === '') ? [] : [`${kernel} has errors, but no cases`];
  const shares = documented.map((cell) => shareOf(cell, tolerance));
  const [low, high] = [Math.min(...shares), Math.max(...shares)];
  const slack = lastPlace(tolerance);
  const holds =
    Math.max(found.share, high) <= 1 &&
    found.share <= Math.max(2 * high, high + slack) &&
    found.share >= Math.min(low / 2, low - slack);
  const error = formatError(found.error, found.unit);
  return holds ? [] : [`${kernel} is off by ${error} at the level ${level}; the file says ${documented.join(', ')}`];
}

const UNITS: Readonly<Record<string, ErrorUnit>> = {
  '': 'relative',
  ' of the largest': 'largest',
  ' absolute': 'absolute',
  ' ulp': 'ulp',
};

/** What share of its tolerance an error is, as formatError has written it; NaN where it is no such error. */
function shareOf(text: string, tolerance: Tolerance | undefined): number {
  if (text === '0') return 0;
  const [, figure, rest] = /^([\d.e+-]+)(.*)$/.exec(text) ?? [];
  const term = tolerance && toleranceTerms(tolerance).find(({unit}) => unit === UNITS[rest]);
  return term ? Number(figure) / term.allowed : Number.NaN;
}

/** One unit in the last place of a float32, as a share of a tolerance; 0 of none. */
function lastPlace(tolerance: Tolerance | undefined): number {
  const [term] = tolerance ? toleranceTerms(tolerance) : [];
  if (!term || term.allowed === 0) return 0;
  return (term.unit === 'ulp' ? 1 : FLOAT_ULP) / term.allowed;
}
