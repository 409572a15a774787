import Table from 'cli-table3';
import type {MnistData} from 'mnist-wasm/mnist';
import {count} from '../../common/format';
import {labelCounts} from '../../recipes/exploration';
import {bar} from './bar';

const BAR = 20;

/** How many images of both sets have each label, with bars, for the terminal. */
export function labelTable({train, test}: Pick<MnistData, 'train' | 'test'>): string {
  const table = new Table({
    head: ['Digit', 'Training', '', 'Test', ''],
    colAligns: ['right', 'right', 'left', 'right', 'left'],
    // cli-table3 colours by default, whatever NO_COLOR says.
    style: {head: [], border: [], compact: true},
  });
  const sets = [train, test].map(labelCounts);
  for (let label = 0; label < 10; label++) {
    const cells = sets.flatMap((counts) => [
      count(counts[label]),
      bar(counts[label] / Math.max(...counts), BAR).padEnd(BAR),
    ]);
    table.push([String(label), ...cells]);
  }
  table.push(['all', count(train.size), '', count(test.size), '']);
  return table.toString();
}
