import {execFileSync} from 'node:child_process';
import {existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterEach, beforeEach, expect, it} from 'vitest';
import {initialState} from '../../recipes';
import {clearCurves, observers, TensorBoardCurves, tensorBoardFolder} from './tensorboard';

/** The command line as `npm run build` leaves it. */
const PROGRAM = path.resolve(import.meta.dirname, '../../dist/cli/index.js');
const TINY = ['--data', 'digits', '--train-size', '200', '--test-size', '60', '--batch-size', '20', '--epochs', '2'];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mnist-wasm-curves-'));
});
afterEach(() => rmSync(folder, {recursive: true, force: true}));

type Point = [run: string, tag: string, value: number, step: number];

function collector() {
  const points: Point[] = [];
  const warnings: string[] = [];
  const open = (run: string) => ({
    scalar: (tag: string, value: number, step: number) => points.push([run, tag, value, step]),
    flush: async () => {},
  });
  return {points, warnings, curves: new TensorBoardCurves(folder, (text) => warnings.push(text), open)};
}

const progress = {epoch: 1, step: 1, steps: 2, images: 20, loss: 2, accuracy: 0.25};

it('writes epochs and batches, training and validation apart', async () => {
  const {points, curves} = collector();
  curves.begin(initialState());
  await curves.onBatchEnd(progress);
  await curves.onBatchEnd({...progress, step: 2, loss: 1});
  curves.onEpochEnd(1, {loss: 1, accuracy: 0.5, val_loss: 3, val_accuracy: 0.125});
  expect(points).toEqual([
    ['train', 'batch_loss', 2, 1],
    ['train', 'batch_accuracy', 0.25, 1],
    ['train', 'batch_loss', 1, 2],
    ['train', 'batch_accuracy', 0.25, 2],
    ['train', 'epoch_loss', 1, 1],
    ['train', 'epoch_accuracy', 0.5, 1],
    ['validation', 'epoch_loss', 3, 1],
    ['validation', 'epoch_accuracy', 0.125, 1],
  ]);
});

it('counts epochs and steps of former stages, and of what a resumed run had done', async () => {
  const {points, curves} = collector();
  // The second stage has done two epochs, the first had three.
  curves.begin({...initialState(), stage: 1, epochs: 2, steps: 70, history: {loss: [1, 1, 1, 1, 1]}});
  await curves.onBatchEnd(progress);
  curves.onEpochEnd(3, {loss: 1});
  expect(points.map(([, tag, , step]) => [tag, step])).toEqual([
    ['batch_loss', 71],
    ['batch_accuracy', 71],
    ['epoch_loss', 6],
  ]);
});

it('tells once that curves cannot be written, and goes on', async () => {
  const warnings: string[] = [];
  writeFileSync(path.join(folder, 'file'), '');
  const curves = new TensorBoardCurves(path.join(folder, 'file'), (text) => warnings.push(text));
  curves.begin(initialState());
  await curves.onBatchEnd(progress);
  await curves.flush();
  await curves.flush();
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toMatch(/^warning: the curves for TensorBoard cannot be written \(.+\)$/);
});

it('tells all observers, one after another', async () => {
  const told: string[] = [];
  const observer = (name: string) => ({
    onEpochBegin: () => told.push(`${name} begin`),
    onBatchEnd: async () => {
      await Promise.resolve();
      told.push(`${name} batch`);
    },
    onEpochEnd: () => told.push(`${name} end`),
  });
  const both = observers(observer('a'), observer('b'));
  both.onEpochBegin(1, 2, 0);
  await both.onBatchEnd(progress);
  both.onEpochEnd(1, {});
  expect(told).toEqual(['a begin', 'b begin', 'a batch', 'b batch', 'a end', 'b end']);
});

it('has a folder in the output folder, or one of the run in a given folder', () => {
  const of = (tensorboard: string | true | undefined, out = 'out/lenet') =>
    tensorBoardFolder({out, options: {backend: 'cpu', tensorboard}});
  expect(of(undefined)).toBeUndefined();
  expect(of(true)).toBe(path.join('out', 'lenet', 'tensorboard'));
  expect(of('logs')).toBe(path.join('logs', 'lenet'));
  expect(of('logs', '.')).toBe(path.join('logs', path.basename(process.cwd())));
});

it('removes the curves of an earlier run, and nothing of others', async () => {
  const train = path.join(folder, 'train');
  mkdirSync(train);
  for (const name of [
    'events.out.tfevents.1790000000.mnist-wasm.7.0',
    'events.out.tfevents.1790000000.host.7.0.v2',
    'notes',
  ])
    writeFileSync(path.join(train, name), '');
  await clearCurves(folder);
  expect(readdirSync(train).sort()).toEqual(['events.out.tfevents.1790000000.host.7.0.v2', 'notes']);
});

it('--tensorboard writes the files of a run; a new run replaces them', {timeout: 120_000}, () => {
  const out = path.join(folder, 'run');
  const logs = path.join(folder, 'logs');
  const args = [
    'train',
    'lenet',
    ...TINY,
    '--validation-split',
    '0.2',
    '--out',
    out,
    '--tensorboard',
    logs,
    '--overwrite',
  ];
  for (let i = 0; i < 2; i++) execFileSync(process.execPath, [PROGRAM, ...args], {stdio: 'pipe'});
  const contentOf = (run: string) => {
    const names = readdirSync(path.join(logs, 'run', run));
    expect(names).toHaveLength(1);
    return readFileSync(path.join(logs, 'run', run, names[0]), 'latin1');
  };
  const count = (text: string, tag: string) => text.split(tag).length - 1;
  // 160 images in batches of 20, two epochs.
  expect(count(contentOf('train'), 'batch_loss')).toBe(16);
  expect(count(contentOf('train'), 'epoch_accuracy')).toBe(2);
  expect(count(contentOf('validation'), 'epoch_loss')).toBe(2);
  expect(existsSync(path.join(out, 'tensorboard'))).toBe(false);
});
