/**
 * `npm run accuracy`: the errors of the elementary functions over all float32, in units in the last place: the figures
 * in the comments of assembly/math.ts and assembly/elementwise/. All of it takes about two hours a level; `--only exp` one
 * function, `--step 97` every 97th number.
 */
import {parseArgs} from 'node:util';
import Table from 'cli-table3';
import {Kernels} from '../../src/internal';
import {functions} from './functions';
import {measure} from './measure';

const {values: options} = parseArgs({
  options: {only: {type: 'string', default: ''}, step: {type: 'string', default: '1'}},
});

const kernels = await Kernels.load();
const table = new Table({
  head: ['Function', 'Largest error, ulp', 'at x', 'y', 'not finite, or not infinite'],
  style: {head: [], border: [], compact: true},
});
for (const elementary of functions) {
  const {name} = elementary;
  if (options.only && name !== options.only) continue;
  const {ulp, x, y, wrong, wrongAt} = measure(kernels, elementary, Number(options.step), (share) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${name} ${Math.min(100, share * 100).toFixed(0)} % `);
  });
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  console.log(`${name}: ${ulp.toFixed(4)} ulp at ${x}`);
  table.push([name, ulp.toFixed(4), x, y, wrong === 0 ? '0' : `${wrong}, at ${wrongAt}`]);
}
console.log(table.toString());
