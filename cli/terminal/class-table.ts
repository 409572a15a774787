import Table from 'cli-table3';
import {count, percent} from '../../common/format';
import type {RunRecord} from '../run/record';

/** Precision, recall, F1 and support of every class, for the terminal. */
export function classTable({perClass}: Pick<RunRecord['test'], 'perClass'>): string {
  const table = new Table({
    head: ['Digit', 'Precision', 'Recall', 'F1', 'Support'],
    colAligns: ['right', 'right', 'right', 'right', 'right'],
    // cli-table3 colours by default, whatever NO_COLOR says.
    style: {head: [], border: [], compact: true},
  });
  for (const {label, precision, recall, f1, support} of perClass) {
    table.push([String(label), percent(precision), percent(recall), percent(f1), count(support)]);
  }
  return table.toString();
}
