/**
 * `npm run accuracy`: the errors of the elementary functions in units in the last place, over all float32, and over pairs
 * of them: the figures in the comments of assembly/math.ts and assembly/elementwise/.
 */
import {Command} from 'commander';
import {integer} from '../../common/node/integer.mjs';
import {progress} from '../../common/node/progress-line';
import {newTable} from '../../common/node/table.mjs';
import {Kernels} from '../../src/internal';
import {binaryFunctions, functions} from './functions';
import {type Accuracy, measure, measurePairs, type OnProgress} from './measure';

const kernels = await Kernels.load();
const measurements: Record<string, (every: number, onProgress: OnProgress) => Accuracy> = Object.fromEntries([
  ...functions.map((f) => [f.name, (n: number, tell: OnProgress) => measure(kernels, f, n, tell)]),
  ...binaryFunctions.map((f) => [f.name, (n: number, tell: OnProgress) => measurePairs(kernels, f, n, tell)]),
]);

const program = new Command('accuracy')
  .description('Measures the errors of the elementary functions. All of it takes about an hour a feature level.')
  .option('--only <function>', `one function: ${Object.keys(measurements).join(', ')}`)
  .option('--every <n>', 'every n-th number alone', integer(1, 2 ** 32), 1)
  .exitOverride(({exitCode}) => process.exit(exitCode === 0 ? 0 : 2))
  .parse();
const {only, every} = program.opts<{only?: string; every: number}>();
if (only !== undefined && !(only in measurements)) program.error(`error: there is no function '${only}'`);

const table = newTable(['Function', 'Largest error, ulp', 'at', 'result', 'not finite, or not infinite'], 1);
for (const [name, run] of Object.entries(measurements)) {
  if (only !== undefined && name !== only) continue;
  const {ulp, at, y, wrong, wrongAt} = run(every, (share) => progress(`${name} ${(share * 100).toFixed(0)} %`));
  progress('');
  if (only === undefined) console.log(`${name}: ${ulp.toFixed(4)} ulp at ${at}`);
  table.push([name, ulp.toFixed(4), at, y, wrong === 0 ? '0' : `${wrong}, at ${wrongAt}`]);
}
console.log(table.toString());
