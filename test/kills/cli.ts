/**
 * `npm run kills`: trains each recipe's models, and a small one with each optimizer, twice from the command line: once undisturbed, once
 * killed by SIGKILL at random times and taken up again by --resume each time. Both must leave the same bits.
 */
import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {parseArgs} from 'node:util';
import {integer} from '../../common/node/integer.mjs';
import {newTable} from '../../common/node/table.mjs';
import {LEARNING_RATES, recipes, runName} from '../../recipes';

const PROGRAM = path.resolve('dist/cli/index.js');

/** A course of training, as the arguments of `train`. */
interface Course {
  name: string;
  args: string[];
}

const {values: options} = parseArgs({
  options: {
    kills: {type: 'string', default: '20'},
    only: {type: 'string'},
    help: {type: 'boolean', default: false},
  },
});

if (options.help) {
  console.log(`npm run kills -- [--kills <n>] [--only <text>]

Trains on the built-in digits, undisturbed and with so many SIGKILLs at random times (20 without --kills), and compares the bits that
are left. --only takes the courses whose names have the text.`);
} else process.exitCode = await main(integer(0, 1000)(options.kills), options.only);

async function main(kills: number, only = ''): Promise<number> {
  const table = newTable(['Course', 'Kills', 'In training', 'Checkpoints used', 'Test accuracy', 'Bits'], 1);
  let differing = 0;
  for (const course of courses().filter(({name}) => name.includes(only))) {
    const folder = mkdtempSync(path.join(tmpdir(), 'mnist-wasm-kills-'));
    try {
      const whole = await undisturbed(course, path.join(folder, 'whole'));
      const killed = await disturbed(course, path.join(folder, 'killed'), kills, whole.seconds);
      const same = killed.bits === whole.bits && killed.history === whole.history;
      if (!same) differing++;
      table.push([
        course.name,
        String(killed.kills),
        String(killed.inTraining),
        String(killed.resumed),
        `${(100 * killed.accuracy).toFixed(2)} %`,
        same ? 'the same' : 'DIFFERENT',
      ]);
      console.error(`${course.name}: ${killed.kills} kills, ${same ? 'the same bits' : 'DIFFERENT'}`);
    } finally {
      rmSync(folder, {recursive: true});
    }
  }
  console.log(table.toString());
  return differing === 0 ? 0 : 1;
}

function courses(): Course[] {
  const data = ['--data', 'digits', '--test-size', '200', '--checkpoint-every', '0'];
  const ofRecipes = recipes.flatMap((recipe) =>
    recipe.models.map((model) => {
      // AlexNet's step takes 0.6 s, and its checkpoint is 360 MB.
      const [images, batch, epochs] = recipe.name === 'alexnet' ? [48, 16, 2] : [3000, 50, 3];
      const size = ['--train-size', String(images), '--batch-size', String(batch), '--epochs', String(epochs)];
      const every = recipe.name === 'alexnet' ? ['--checkpoint-every', '2'] : [];
      return {name: runName(recipe, model), args: [recipe.name, '--model', model.name, ...data, ...size, ...every]};
    }),
  );
  const size = ['--train-size', '3000', '--batch-size', '30', '--epochs', '3'];
  const ofOptimizers = Object.keys(LEARNING_RATES).map((optimizer) => ({
    name: `lenet with ${optimizer}`,
    args: ['lenet', ...data, ...size, '--optimizer', optimizer],
  }));
  return [...ofRecipes, ...ofOptimizers];
}

interface Left {
  /** The name of the weights' file is a hash of their bytes. */
  bits: string;
  history: string;
  accuracy: number;
  resumed: number;
}

async function undisturbed({args}: Course, out: string): Promise<Left & {seconds: number}> {
  const started = performance.now();
  const code = await end(start([...args, '--out', out]));
  if (code !== 0) throw new Error(`train ${args.join(' ')} ended with ${code}`);
  return {...left(out), seconds: (performance.now() - started) / 1000};
}

async function disturbed({args}: Course, out: string, kills: number, seconds: number) {
  let [done, inTraining] = [0, 0];
  for (;;) {
    // Where nothing has been kept yet a run begins anew.
    const resume = existsSync(path.join(out, 'checkpoint', 'model.json')) ? ['--resume'] : ['--overwrite'];
    const child = start([...args, '--out', out, ...resume]);
    const ended = end(child);
    if (done < kills) {
      const delay = Math.random() * Math.max(1.5, seconds / 3) * 1000;
      const timer = setTimeout(() => child.kill('SIGKILL'), delay);
      const code = await ended;
      clearTimeout(timer);
      if (code === null) {
        done++;
        if (existsSync(path.join(out, 'checkpoint'))) inTraining++;
        assertNoOldReport(out);
        continue;
      }
      if (code !== 0) throw new Error(`train ${args.join(' ')} ended with ${code}`);
      // It was over before the last kill: once more from the beginning.
      rmSync(out, {recursive: true});
      continue;
    }
    const code = await ended;
    if (code !== 0) throw new Error(`train ${args.join(' ')} ended with ${code}`);
    return {...left(out), kills: done, inTraining};
  }
}

/** A run that was killed may have left a report only as its last act, beside its own model. */
function assertNoOldReport(out: string): void {
  if (!existsSync(path.join(out, 'run.json'))) return;
  if (!existsSync(path.join(out, 'model', 'model.json'))) throw new Error(`${out} holds a report without its model`);
}

function left(out: string): Left {
  const record = JSON.parse(readFileSync(path.join(out, 'run.json'), 'utf8'));
  const weights = readdirSync(path.join(out, 'model')).filter((name) => name.endsWith('.bin'));
  const {history, test, resumed} = record;
  return {bits: weights.join(), history: JSON.stringify(history), accuracy: test.accuracy, resumed};
}

function start(args: string[]): ChildProcess {
  return spawn(process.execPath, [PROGRAM, 'train', ...args], {stdio: ['ignore', 'ignore', 'inherit']});
}

async function end(child: ChildProcess): Promise<number | null> {
  const [code] = await once(child, 'close');
  return code;
}
