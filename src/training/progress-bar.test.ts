import '@tensorflow/tfjs-backend-cpu';
import {dispose, setBackend, tensor} from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import {BatchDataset, ProgressBar} from 'mnist-wasm/training';
import {afterEach, beforeEach, expect, it, vi} from 'vitest';
import {discard, examples, oneWeight} from './fixtures/callbacks';
import {barOf, durationText, RunningMeans, valuesText} from './progress-text';

let model: LayersModel;
beforeEach(async () => {
  await setBackend('cpu');
  model = oneWeight();
});
afterEach(() => {
  discard(model);
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** An output that keeps what is written. */
function collector(terminal: {isTTY?: boolean; columns?: number} = {}) {
  const writes: string[] = [];
  return {writes, output: {...terminal, write: (text: string) => writes.push(text)}};
}

/** Each reading of the clock is so many seconds after the last. */
function slowClock(seconds: number): void {
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => {
    now += 1000 * seconds;
    return now;
  });
}

async function train(output: ReturnType<typeof collector>['output'], args: Parameters<LayersModel['fit']>[2]) {
  const {xs, ys} = examples();
  await model.fit(xs, ys, {batchSize: 1, callbacks: [new ProgressBar({output})], ...args});
  dispose([xs, ys]);
}

it('draws a bar over itself on a terminal, and leaves a line for each epoch', async () => {
  slowClock(1);
  const {writes, output} = collector({isTTY: true, columns: 100});
  await train(output, {epochs: 2, validationSplit: 0.25});
  const text = writes.join('');
  expect(text.split('\n')).toHaveLength(3);
  const drawn = text.split('\n')[0].split('\r\x1b[K').slice(1);
  // Three of the four examples are trained on.
  expect(drawn[0]).toMatch(/^Epoch 1\/2 {2}━{10}╌{20} {2}1\/3 {2}\S+ s left {2}loss \d+\.\d{4} {2}acc \d\.\d{4}$/);
  expect(drawn[1]).toMatch(/^Epoch 1\/2 {2}━{20}╌{10} {2}2\/3 {2}\S+ s left/);
  expect(drawn[2]).toMatch(/ {2}━{30} {2}3\/3 {2}0 ms left/);
  const summary = drawn.at(-1) as string;
  expect(summary).toMatch(/^Epoch 1\/2 {2}\d+ s {2}[\d.]+ ms\/step {2}/);
  expect(summary.match(/[a-z_]+(?= \d+\.\d{4})/g)).toEqual(['loss', 'acc', 'val_loss', 'val_acc']);
  expect(text.split('\n')[1]).toContain('Epoch 2/2');
});

it('shows the means over the epoch so far', async () => {
  slowClock(1);
  const {writes, output} = collector({isTTY: true, columns: 100});
  const callback = new ProgressBar({output});
  callback.setModel(model);
  callback.setParams({epochs: 1, steps: 2});
  await callback.onTrainBegin();
  await callback.onEpochBegin(0);
  await callback.onBatchEnd(0, {batch: 0, size: 3, loss: 1});
  await callback.onBatchEnd(1, {batch: 1, size: 1, loss: 5});
  expect(writes[0]).toContain('loss 1.0000');
  expect(writes[1]).toContain('loss 2.0000');
  expect(writes[1]).not.toMatch(/size|batch/);
});

it('never writes a line that wraps', async () => {
  slowClock(1);
  for (const columns of [20, 40, 60, 80]) {
    const {writes, output} = collector({isTTY: true, columns});
    await train(output, {epochs: 1});
    const bars = writes.filter((text) => !text.endsWith('\n')).map((text) => text.replace('\r\x1b[K', ''));
    expect(bars).toHaveLength(4);
    for (const bar of bars) expect(bar.length).toBeLessThan(columns);
  }
});

it('draws at most ten times a second', async () => {
  vi.spyOn(performance, 'now').mockReturnValue(0);
  const {writes, output} = collector({isTTY: true, columns: 80});
  await train(output, {epochs: 1});
  expect(writes.map((text) => text.endsWith('\n'))).toEqual([false, true]);
});

it('writes a plain line for each epoch where there is no terminal, and reads no batch', async () => {
  const {writes, output} = collector();
  await train(output, {epochs: 3});
  expect(writes).toHaveLength(3);
  for (const [i, line] of writes.entries()) {
    expect(line).toMatch(new RegExp(`^Epoch ${i + 1}/3 {2}\\d+ m?s {2}[\\d.]+ ms/step {2}loss \\S+ {2}acc \\S+\\n$`));
  }
});

it('writes lines within an epoch that takes long', async () => {
  slowClock(20);
  const {writes, output} = collector();
  await train(output, {epochs: 1});
  expect(writes.length).toBeGreaterThan(1);
  expect(writes[0]).toMatch(/^Epoch 1\/1 {2}\d\/4 {2}.+ left {2}loss .+\n$/);
});

it('learns the steps of a dataset that does not tell its size from the first epoch', async () => {
  slowClock(1);
  const {writes, output} = collector({isTTY: true, columns: 100});
  const source = {
    count: 4,
    take: (positions: ArrayLike<number>) => ({
      xs: tensor(Array.from(positions, (position) => [position + 1])),
      ys: tensor(Array.from(positions, () => [0])),
    }),
  };
  const sized = new BatchDataset(source, 2);
  const unsized = {...sized, size: Number.NaN, iterator: () => sized.iterator()};
  await model.fitDataset(unsized as never, {epochs: 2, callbacks: [new ProgressBar({output})]});
  const [first, second] = writes.join('').split('\n');
  expect(first).toContain('Epoch 1/2  step 1');
  expect(first).not.toContain('━');
  expect(second).toMatch(/Epoch 2\/2 {2}━{15}╌{15} {2}1\/2/);
});

it('writes to the console where there is no process, as in browsers', async () => {
  vi.stubGlobal('process', undefined);
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  const callback = new ProgressBar();
  vi.unstubAllGlobals();
  callback.setModel(model);
  callback.setParams({epochs: 1, steps: 1});
  await callback.onTrainBegin();
  await callback.onEpochBegin(0);
  await callback.onEpochEnd(0, {loss: 1});
  expect(log).toHaveBeenCalledTimes(1);
  expect(log.mock.calls[0][0]).toMatch(/^Epoch 1\/1 .*loss 1\.0000$/);
});

it('formats values, times and bars', () => {
  expect(valuesText({loss: 0.12345, tiny: 2e-5, zero: 0, big: 1.5e6, nan: Number.NaN})).toEqual([
    'loss 0.1235',
    'tiny 2.00e-5',
    'zero 0.0000',
    'big 1.50e+6',
    'nan NaN',
  ]);
  expect([0, 0.85, 0.9999, 59.4, 59.6, 185, 3723].map(durationText)).toEqual([
    '0 ms',
    '850 ms',
    '1 s',
    '59 s',
    '1:00',
    '3:05',
    '1:02:03',
  ]);
  expect([barOf(0.5, 10), barOf(2, 5), barOf(0.5, 4)]).toEqual(['━━━━━╌╌╌╌╌', '━━━━━', '']);
  const means = new RunningMeans();
  means.add({loss: 2});
  expect(means.values()).toEqual({loss: 2});
});
