import type {MnistData} from 'mnist-wasm/mnist';
import {count} from '../../common/format';
import {newTable} from '../../common/node/table.mjs';
import {labelCounts} from '../../recipes';
import {bar} from './bar';

const BAR = 20;

/** How many images of both sets have each label, with bars, for the terminal. */
export function labelTable({train, test}: Pick<MnistData, 'train' | 'test'>): string {
  const table = newTable(['Digit', 'Training', '', 'Test', ''], 0, {
    colAligns: ['right', 'right', 'left', 'right', 'left'],
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
