import {count, percent} from '../../common/format';
import {newTable} from '../../common/node/table.mjs';
import type {RunRecord} from '../run/record';

/** Precision, recall, F1 and support of every class, for the terminal. */
export function classTable({perClass}: Pick<RunRecord['test'], 'perClass'>): string {
  const table = newTable(['Digit', 'Precision', 'Recall', 'F1', 'Support'], 0);
  for (const {label, precision, recall, f1, support} of perClass) {
    table.push([String(label), percent(precision), percent(recall), percent(f1), count(support)]);
  }
  return table.toString();
}
