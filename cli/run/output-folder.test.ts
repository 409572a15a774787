import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, it, vi} from 'vitest';
import {writeFolder} from '../../src/mnist/fixtures';
import {environment, run as runProgram} from '../../test/child';
import type {RunRecord} from './record';

const PROGRAM = path.resolve(import.meta.dirname, '../../dist/cli/index.js');
const called = `node ${PROGRAM}`;
const TINY = '--data digits --train-size 200 --test-size 60 --batch-size 20 --epochs 1'.split(' ');
const ENDLESS =
  '--data digits --train-size 200 --test-size 60 --batch-size 20 --epochs 9999 --validation-split 0'.split(' ');

/** Milliseconds for programs that train, one after the other, on a machine that is busy. */
const SLOW = 120_000;
vi.setConfig({testTimeout: SLOW});

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mnist-wasm-folder-'));
});
afterAll(() => rmSync(folder, {recursive: true}));

const cli = (...args: string[]) => runProgram(process.execPath, [PROGRAM, ...args], {cwd: folder});
const inFolder = (...names: string[]) => path.join(folder, ...names);
const recordOf = (out: string) => JSON.parse(readFileSync(path.join(out, 'run.json'), 'utf8')) as RunRecord;
const bitsOf = (out: string) => readdirSync(path.join(out, 'model')).find((name) => name.endsWith('.bin'));

/** A training that goes on until it is killed; it has a checkpoint by now. */
async function endlessTraining(...args: string[]): Promise<ChildProcess> {
  const child = spawn(process.execPath, [PROGRAM, 'train', 'lenet', ...ENDLESS, ...args], {
    cwd: folder,
    env: environment(),
  });
  for await (const chunk of child.stdout) if (/^Epoch +2\//m.test(String(chunk))) break;
  child.stdout.resume();
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

describe('two trainings into one folder', () => {
  it('the second refuses, also with --overwrite and --resume; a lock that a killed one has left is taken over', async () => {
    const out = inFolder('locked');
    const first = await endlessTraining('--out', out);
    for (const flags of [[], ['--overwrite'], ['--resume']]) {
      const {code, stderr} = await cli('train', 'lenet', ...TINY, '--out', out, ...flags);
      expect([code, stderr]).toEqual([
        1,
        expect.stringMatching(/^error: process \d+ on .* is writing to .*locked .*--out/),
      ]);
    }
    expect(first.exitCode).toBeNull();
    await kill(first);
    expect(existsSync(path.join(out, '.lock'))).toBe(true);
    const {code, stderr} = await cli('train', 'lenet', ...TINY, '--out', out, '--overwrite');
    expect([code, stderr]).toEqual([0, '']);
    expect(existsSync(path.join(out, '.lock'))).toBe(false);
  });
});

describe('a run that is there', () => {
  const out = () => inFolder('out', 'mine');
  beforeAll(async () => {
    expect(await cli('train', 'lenet', ...TINY, '--name', 'mine')).toMatchObject({code: 0, stderr: ''});
  }, SLOW);

  it('is not written over without a word', async () => {
    const before = readFileSync(path.join(out(), 'run.json'), 'utf8');
    const {code, stderr} = await cli('train', 'lenet', ...TINY, '--name', 'mine');
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^error: out\/mine holds a run that is finished \(LeNet-5 on built-in digits, [\d.]+ %, .*\): --overwrite replaces it/,
    );
    expect(readFileSync(path.join(out(), 'run.json'), 'utf8')).toBe(before);
  });

  it('is repeated by the command in its report, bit by bit, beside it', async () => {
    const {command} = recordOf(out());
    expect(readFileSync(path.join(out(), 'report.html'), 'utf8')).toContain(command);
    expect(command).toBe(
      `${called} train lenet --epochs 1 --batch-size 20 --seed 1 --data digits --train-size 200 --test-size 60 --out out/mine-again`,
    );
    await repeat(command);
    expect(bitsOf(inFolder('out', 'mine-again'))).toBe(bitsOf(out()));
    expect(recordOf(inFolder('out', 'mine-again')).test).toEqual(recordOf(out()).test);
  });

  it('also where its data was found by the environment, in a folder whose name a shell would take apart', async () => {
    const data = inFolder("it's a $folder");
    mkdirSync(data);
    const source = writeFolder();
    for (const name of readdirSync(source)) writeFileSync(path.join(data, name), readFileSync(path.join(source, name)));
    const args = ['train', 'mlp', '--model', 'dropout', '--epochs', '1', '--batch-size', '16', '--optimizer', 'adamax'];
    const env = {MNIST_DIR: data, MNIST_WASM_FEATURES: 'simd'};
    const first = await runProgram(process.execPath, [PROGRAM, ...args], {cwd: folder, env});
    expect([first.code, first.stderr]).toEqual([0, '']);
    const {command} = recordOf(inFolder('out', 'mlp-dropout'));
    expect(command).toContain(`MNIST_WASM_FEATURES=simd ${called} train mlp --model dropout --optimizer adamax `);
    expect(command).toContain(`--data '${data.replaceAll("'", `'\\''`)}'`);
    await repeat(command);
    expect(bitsOf(inFolder('out', 'mlp-dropout-again'))).toBe(bitsOf(inFolder('out', 'mlp-dropout')));
  });

  it('is in the list of runs with its results, and so is one that was killed', async () => {
    await kill(await endlessTraining('--name', 'endless'));
    mkdirSync(inFolder('out', 'no run'));
    const {stdout} = await cli('runs');
    expect(stdout).toMatch(/│ mine +│ LeNet-5 +│ built-in digits │ +1 │ +[\d.]+ % │ +[\d.]+ s │ 20\d\d-\d\d-\d\d │/);
    expect(stdout).toMatch(/│ endless +│ LeNet-5 .* unfinished │/);
    const runs = JSON.parse((await cli('runs', '--json')).stdout) as {name: string; accuracy: number; status: string}[];
    expect(runs.at(-1)).toMatchObject({name: 'endless', status: 'unfinished', accuracy: null, optimizer: null});
    expect(runs.find(({name}) => name === 'mine')).toMatchObject({accuracy: recordOf(out()).test.accuracy, seed: 1});
    expect(runs.map(({name}) => name)).not.toContain('no run');
    const own = JSON.parse((await cli('runs', 'out/mine', '--json')).stdout) as {name: string}[];
    expect(own.map(({name}) => name)).toEqual(['mine']);
    for (const [place, reason] of [
      ['nowhere', 'there is no such folder'],
      ['out/mine/run.json', 'it is a file'],
    ]) {
      const {code, stderr} = await cli('runs', place);
      expect([code, stderr]).toEqual([2, `error: cannot list the runs in ${place}: ${reason}\n`]);
    }
  });

  it('is gone when another one begins in its place: what is killed leaves no old report beside new weights', async () => {
    await kill(await endlessTraining('--name', 'mine', '--overwrite'));
    expect(readdirSync(out()).sort()).toEqual(['.lock', 'checkpoint']);
  });
});

/** As a user would, in a shell. */
async function repeat(command: string): Promise<void> {
  const {code, stderr} = await runProgram('sh', ['-c', command], {cwd: folder});
  expect([code, stderr]).toEqual([0, '']);
}

it('--resume of nothing is told, and makes no folder', async () => {
  const {code, stderr} = await cli('train', 'lenet', '--resume', '--name', 'nothing');
  expect([code, stderr]).toEqual([2, expect.stringMatching(/^error: there is no unfinished run in out\/nothing: /)]);
  expect(existsSync(inFolder('out', 'nothing'))).toBe(false);
});

describe('a folder that cannot be', () => {
  it.runIf(process.platform === 'linux')('ends where nothing can be made', async () => {
    const {code, stderr} = await cli('train', 'lenet', '--data', 'digits', '--out', '/proc/x/y');
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/^error: --out: cannot write to the folder \/proc\/x\/y: /),
    ]);
  });

  it.each([
    ['train', 'lenet', '--data', 'digits'],
    ['explore', '--data', 'digits'],
    ['compare', 'a', 'b'],
  ])('is told in one line, before the work: %s', async (...args) => {
    writeFileSync(inFolder('file'), '');
    for (const out of [path.join('file', 'x'), path.join('file', 'x', 'y')]) {
      const {code, stdout, stderr} = await cli(...args, '--out', out);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toBe(`error: --out: cannot write to the folder ${out}: a part of its path is a file\n`);
    }
  });

  it
    .runIf(process.platform === 'linux')
    .each([
      ['explore', '--data', 'digits', '--test-size', '10', '--train-size', '30'],
      ['list'],
      ['runs'],
      ['summary', 'lenet'],
    ])('is told before the work where the JSON was to go to: %s', async (...args) => {
    const {code, stdout, stderr} = await cli(...args, '--json', '/proc/x/y.json');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^error: --json: cannot write to the folder \/proc\/x: .*\n$/);
  });

  it.each(['../up', '.', '', 'a/b', ' '])('is no name of a run: "%s"', async (name) => {
    expect(await cli('train', 'lenet', '--name', name)).toMatchObject({code: 2});
  });
});
