/**
 * `npm run tune`: the measurements beside the constants of assembly/tuning.ts. Each value of a constant is a build of the
 * relaxed kernels of its own; all are timed in turn in one run. `-- --only CONV` takes some of the constants.
 */
import {Command} from 'commander';
import {median} from '../../common/statistics';
import {buildVariant} from '../../scripts/variant.mjs';
import {Kernels} from '../../src/internal';
import {describeMachine, thisMachine} from '../machine';
import {consoleTable} from '../report/console';
import type {TimedCall} from './calls';
import {type Sweep, sweeps} from './sweeps';

const ROUNDS = 9;
const ROUND_MS = 40;
const WARM_UP_MS = 300;

const program = new Command('tune')
  .description('Times the values of the constants of assembly/tuning.ts on the calls that they are chosen for.')
  .option('--only <text>', 'constants that have this in their name', '')
  .exitOverride(({exitCode}) => process.exit(exitCode === 0 ? 0 : 2))
  .parse();
const {only} = program.opts<{only: string}>();
const chosen = sweeps.filter(({constant}) => constant.includes(only.toUpperCase()));
if (chosen.length === 0) {
  program.error(`error: no constant is named '${only}'; known: ${sweeps.map(({constant}) => constant).join(', ')}`);
}
console.log(`${new Date().toISOString().slice(0, 10)}, ${describeMachine(thisMachine())}, one thread, GFLOP/s\n`);
for (const sweep of chosen) await run(sweep);

async function run({constant, values, calls}: Sweep): Promise<void> {
  const variants = await Promise.all(values.map((value) => buildVariant({[constant]: value}, {optimize: true})));
  try {
    const rows: {text: string}[][] = [];
    for (const call of calls) rows.push([call.title, ...(await compare(call, variants))].map((text) => ({text})));
    console.log(consoleTable({title: constant, head: ['', ...values], texts: 1, rows}));
  } finally {
    for (const variant of variants) variant.remove();
  }
}

/** The speed of a call in each variant, in GFLOP/s. */
async function compare({prepare, flops}: TimedCall, variants: readonly {file: string}[]): Promise<string[]> {
  const calls = await Promise.all(variants.map(async ({file}) => prepare(await Kernels.load(file))));
  for (const call of calls) repeat(call, WARM_UP_MS);
  const times = calls.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, call] of calls.entries()) times[i].push(repeat(call, ROUND_MS));
  }
  return times.map((all) => (flops / median(all) / 1e6).toFixed(1));
}

/** Calls for so long; the mean time of a call in milliseconds. */
function repeat(call: () => void, milliseconds: number): number {
  const start = performance.now();
  let calls = 0;
  while (performance.now() - start < milliseconds) {
    call();
    calls++;
  }
  return (performance.now() - start) / calls;
}
