import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-layers';
import {fileSystem} from 'mnist-wasm/node';
import {afterAll, beforeAll, describe, expect, it, vi} from 'vitest';

import {environment} from '../../test/child';
import type {RunRecord} from '../run/record';

/** The command line as `npm run build` leaves it. */
const PROGRAM = path.resolve(import.meta.dirname, '../../dist/cli/index.js');
const TINY = ['--data', 'digits', '--train-size', '200', '--test-size', '60', '--batch-size', '20'];

// A machine that is busy trains slowly.
vi.setConfig({testTimeout: 120_000, hookTimeout: 120_000});

let folder: string;
let runs = 0;
beforeAll(() => {
  expect(existsSync(PROGRAM), 'run npm run build first').toBe(true);
  folder = mkdtempSync(path.join(tmpdir(), 'mnist-wasm-train-'));
});
afterAll(() => rmSync(folder, {recursive: true}));

interface Finished {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
  out: string;
  /** What `--json` wrote, where it did. */
  record?: RunRecord;
}

/** Runs the program with an output folder of its own; `meanwhile` sees its output grow. */
async function run(
  args: string[],
  meanwhile: (child: ChildProcess, stdout: string) => void = () => {},
): Promise<Finished> {
  const given = args.indexOf('--out');
  const out = given < 0 ? path.join(folder, `run ${runs++}`) : args[given + 1];
  const json = path.join(out, 'figures.json');
  const child = spawn(process.execPath, [PROGRAM, 'train', 'lenet', '--out', out, '--json', json, ...args], {
    env: environment(),
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
    meanwhile(child, stdout);
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const [code, signal] = await once(child, 'close');
  const record = existsSync(json) ? (JSON.parse(readFileSync(json, 'utf8')) as RunRecord) : undefined;
  return {code, signal, stdout, stderr, out, record};
}

/** Sends signals, each as long after the line that shows the first epoch as it says, in milliseconds. */
function interruptAfterEpoch1(...delays: number[]): (child: ChildProcess, stdout: string) => void {
  let sent = false;
  return (child, stdout) => {
    if (sent || !/^Epoch +1\/\d+ /m.test(stdout)) return;
    sent = true;
    for (const delay of delays) setTimeout(() => child.kill('SIGINT'), delay);
  };
}

describe('a whole run', () => {
  const args = [...TINY, '--epochs', '2', '--seed', '7'];
  let first: Finished;
  beforeAll(async () => {
    first = await run(args);
  });

  it('says data, backend and feature level first, then each epoch, then each class and where the report is', () => {
    expect(first.stderr).toBe('');
    expect(first.code).toBe(0);
    const lines = first.stdout.split('\n');
    expect(lines.slice(0, 5).join('\n')).toMatch(/synthetic digits, not MNIST.*mnist-wasm, (simd|relaxed).*seed 7/s);
    const epochs = lines.filter((line) =>
      /^Epoch \d\/2 {2}loss [\d.]+ {2}acc [\d.]+ {2}val_loss [\d.]+ {2}val_acc [\d.]+ {2}[\d,]+ images\/s/.test(line),
    );
    expect(epochs).toHaveLength(2);
    expect(lines.filter((line) => /^│ +\d │/.test(line))).toHaveLength(10);
    expect(lines).toContain(`Report  ${path.join(first.out, 'report.html')}`);
    expect(lines.slice(lines.indexOf('Next')).join('\n')).toMatch(
      /^Next\n {2}node .*index\.js predict '.*run \d+' digit\.png .*\n {2}node .*index\.js evaluate /,
    );
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what a terminal takes for colours begins with it.
    expect(first.stdout).not.toMatch(/[\u001b\r]/);
  });

  it('writes the report, the model and the figures', async () => {
    const {out, record} = first;
    expect(readdirSync(out).sort()).toEqual([
      'best',
      'curves.png',
      'curves.svg',
      'figures.json',
      'history.csv',
      'history.json',
      'model',
      'report.html',
      'run.json',
    ]);
    expect(JSON.parse(readFileSync(path.join(out, 'run.json'), 'utf8'))).toEqual(record);
    expect(readFileSync(path.join(out, 'report.html'), 'utf8')).toContain('LeNet-5 on built-in digits');
    const model = await tf.loadLayersModel(fileSystem(path.join(out, 'model')));
    expect(model.countParams()).toBe(61_706);
    model.dispose();
    expect(record).toMatchObject({
      recipe: 'lenet',
      status: 'finished',
      data: {source: 'digits', train: 180, validation: 20, test: 60},
      backend: 'mnist-wasm',
      featureLevel: expect.stringMatching(/^(simd|relaxed)$/),
      seed: 7,
      optimizer: 'Adam',
      learningRate: 0.003,
      batchSize: 20,
      epochs: 2,
      model: {parameters: 61_706},
      steps: 18,
      test: {total: 60},
    });
    if (!record) throw new Error('no JSON');
    expect(Object.keys(record.history).sort()).toEqual(['accuracy', 'loss', 'val_accuracy', 'val_loss']);
    for (const curve of Object.values(record.history)) expect(curve).toHaveLength(2);
    expect(record.test.accuracy).toBe(record.test.correct / 60);
    expect(record.millisecondsPerStep).toBeGreaterThan(0);
    expect(first.stdout).toContain(`(${record.test.correct} of 60)`);
  });

  it('gives the same figures to the last digit for the same seed, others for another', async () => {
    const figures = ({record}: Finished) => ({history: record?.history, test: record?.test});
    // The name of the weights is a hash of their bytes.
    const weights = ({out}: Finished) => readdirSync(path.join(out, 'model')).sort()[1];
    const again = await run(args);
    expect(figures(again)).toEqual(figures(first));
    expect(weights(again)).toBe(weights(first));
    const other = await run([...args.slice(0, -1), '8']);
    expect(figures(other).history).not.toEqual(figures(first).history);
  });
});

describe('Ctrl-C', () => {
  // Without images to validate on, nothing stops the run early.
  const args = [...TINY, '--epochs', '1000', '--validation-split', '0'];

  it('stops after the batch, keeps the model, writes the report and exits with 130', async () => {
    const {code, stdout, stderr, out, record} = await run(args, interruptAfterEpoch1(0));
    expect(stderr).toBe('');
    expect(code).toBe(130);
    expect(stdout).toContain('Stopping after this batch');
    const files = ['model.json', expect.stringMatching(/^weights\.[\da-f]{16}\.bin$/)];
    expect(readdirSync(path.join(out, 'model')).sort()).toEqual(files);
    expect(readFileSync(path.join(out, 'report.html'), 'utf8')).toContain('Training was interrupted after');
    expect(record?.status).toBe('interrupted');
    expect(record?.history.loss.length).toBeGreaterThanOrEqual(1);
    expect(record?.history.loss.length).toBeLessThan(1000);
  });

  it('is one key press when npm passes on what the terminal has sent already', async () => {
    const {code, out} = await run(args, interruptAfterEpoch1(0, 5));
    expect(code).toBe(130);
    expect(existsSync(path.join(out, 'report.html'))).toBe(true);
  });

  it('the second time, ends at once', async () => {
    // The plain JavaScript backend takes much longer than the test for these test images.
    const slow = ['--backend', 'cpu', '--data', 'digits', '--train-size', '4', '--batch-size', '2'];
    const settings = [...slow, '--validation-split', '0.5', '--test-size', '30000', '--epochs', '1000'];
    const started = performance.now();
    const {signal, code, out} = await run(settings, interruptAfterEpoch1(0, 3000));
    expect([signal, code]).toEqual(['SIGINT', null]);
    expect(performance.now() - started).toBeLessThan(15_000);
    expect(existsSync(path.join(out, 'model', 'model.json'))).toBe(true);
    expect(existsSync(path.join(out, 'report.html'))).toBe(false);
  });
});

describe('a run that was ended', () => {
  const args = [...TINY, '--epochs', '3', '--seed', '3'];

  it('goes on after Ctrl-C where it was, with its own settings', async () => {
    const stopped = await run(args, interruptAfterEpoch1(0));
    expect(stopped.code).toBe(130);
    const command = `node ${path.relative(process.cwd(), PROGRAM)} train lenet --resume --out '${stopped.out}' `;
    expect(stopped.stdout).toContain(`Next\n  ${command}`);

    // Of few images nothing is held out to validate.
    const {stdout} = await run([...TINY, '--epochs', '1', '--validation-split', '0.001']);
    expect(stdout).toMatch(/^Run {6}1 epoch, batch 20, [^,]*, seed 1$/m);

    const anew = await run([...args, '--out', stopped.out]);
    expect(anew.code).toBe(2);
    expect(anew.stderr).toMatch(/holds an unfinished run: --resume goes on with it, --overwrite begins anew/);
    const other = await run(['--resume', '--out', stopped.out, '--batch-size', '7']);
    expect(other.code).toBe(2);
    expect(other.stderr).toMatch(/--batch-size 7: the run .* was begun with --batch-size 20/);

    const {code, stderr, record} = await run(['--resume', '--out', stopped.out]);
    expect([code, stderr]).toEqual([0, '']);
    expect(record).toMatchObject({status: 'finished', seed: 3, batchSize: 20, resumed: 1, steps: 27});
    expect(record?.history.loss.slice(0, 1)).toEqual(stopped.record?.history.loss.slice(0, 1));
    expect(record?.history.loss).toHaveLength(3);
    expect(existsSync(path.join(stopped.out, 'checkpoint'))).toBe(false);
    const again = await run(['--resume', '--out', stopped.out]);
    expect([again.code, again.stderr]).toEqual([2, expect.stringMatching(/nothing to resume/)]);
  });

  it('ends with the bits of an undisturbed one after SIGKILL at any time, and no file is half written', async () => {
    const long = '--data digits --train-size 1200 --test-size 60 --batch-size 8 --epochs 3'.split(' ');
    const bits = (out: string) => readdirSync(path.join(out, 'model')).sort()[1];
    const whole = await run(long);
    expect(whole.code).toBe(0);
    const out = path.join(folder, 'killed');
    for (const kill of [1, 2, 3]) {
      const resume = existsSync(path.join(out, 'checkpoint', 'model.json')) ? ['--resume'] : [];
      const killed = await run([...long, '--checkpoint-every', '0', '--out', out, ...resume], (child, stdout) => {
        // In the middle of an epoch and while a checkpoint is written, at random.
        if (stdout.includes('early stopping')) setTimeout(() => child.kill('SIGKILL'), 200 + Math.random() * 800);
      });
      expect([killed.code, killed.signal], `kill ${kill}: ${killed.stderr}`).toEqual([null, 'SIGKILL']);
      expect(existsSync(path.join(out, 'run.json'))).toBe(false);
    }
    const checkpoint = await fileSystem(path.join(out, 'checkpoint')).load?.();
    expect(checkpoint?.weightSpecs?.length).toBeGreaterThan(10);

    const {code, stderr, record} = await run(['--resume', '--out', out]);
    expect([code, stderr]).toEqual([0, '']);
    expect(record).toMatchObject({status: 'finished', steps: 405, history: whole.record?.history});
    expect(record?.resumed).toBeGreaterThan(0);
    expect(bits(out)).toBe(bits(whole.out));
    expect(readdirSync(out).filter((name) => name.startsWith('.') || name.endsWith('.tmp'))).toEqual([]);
  });

  it('goes on after Ctrl-C in the first epoch, when there is no best one yet', async () => {
    const long = '--data digits --train-size 4000 --test-size 60 --batch-size 4 --epochs 1'.split(' ');
    let sent = false;
    const stopped = await run(long, (child, stdout) => {
      if (!sent && stdout.includes('early stopping')) setTimeout(() => child.kill('SIGINT'), 300);
      sent ||= stdout.includes('early stopping');
    });
    expect([stopped.code, stopped.stderr]).toEqual([130, '']);
    expect(stopped.record).toMatchObject({status: 'interrupted', history: {}, partialEpoch: {epoch: 1}});
    const {code, stderr, record} = await run(['--resume', '--out', stopped.out]);
    expect([code, stderr]).toEqual([0, '']);
    expect(record).toMatchObject({status: 'finished', resumed: 1, steps: 900, bestEpoch: 1});
  });

  it('--overwrite begins anew', async () => {
    const stopped = await run(args, interruptAfterEpoch1(0));
    const {code, record} = await run([...args, '--out', stopped.out, '--overwrite']);
    expect(code).toBe(0);
    expect(record).toMatchObject({status: 'finished', resumed: 0, steps: 27});
  });
});

describe('a run that cannot be done', () => {
  it('training that diverges stops with a clear message and exit code 1', async () => {
    const {code, stderr, out} = await run([...TINY, '--learning-rate', '1e38']);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^error: training diverged in batch \d+ of epoch 1: .*nothing was saved.*--learning-rate\n$/,
    );
    expect(existsSync(path.join(out, 'model'))).toBe(false);
  });

  it('a wrong flag or value is one line and exit code 2', async () => {
    for (const [given, ...before] of [['ten', '--epochs'], ['--epoch'], ['/no/such/folder', '--data']]) {
      const {code, stdout, stderr} = await run([...before, given]);
      expect(code).toBe(2);
      expect(stdout).toBe('');
      expect(stderr).toMatch(/^error: [^\n]+\n$/);
      expect(stderr).toContain(given);
    }
  });

  it('an output folder that cannot be is told before any training', async () => {
    const file = path.join(folder, 'file');
    writeFileSync(file, '');
    const {code, stderr} = await run([...TINY, '--json', path.join(file, 'run.json')]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^error: --json: cannot write to the folder .*file/)]);
  });

  it('tfjs-backend-wasm lacks what training needs, and that is said', async () => {
    const {code, stderr} = await run(['--backend', 'wasm', ...TINY]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: the backend wasm cannot train .* no Conv2DBackpropFilter; use --backend/);
  });

  it('--help is no error', async () => {
    const {code, stdout} = await run(['--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('--batch-size');
  });
});
