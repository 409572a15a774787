import {newTable} from '../../common/node/table.mjs';
import {comparisonRows} from '../run/comparison';
import type {RunRecord} from '../run/record';
import {runNames} from '../run/titles';

/** Two runs side by side, for the terminal. */
export function comparisonTable(a: RunRecord, b: RunRecord): string {
  // Two processors' names and the first column are wider than a terminal.
  const table = newTable(['', ...runNames([a, b])], 1, {colWidths: [null, 28, 28], wordWrap: true});
  table.push(...comparisonRows(a, b));
  return table.toString();
}
