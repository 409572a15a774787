import '@tensorflow/tfjs-backend-cpu';
import {mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {dispose, memory, setBackend} from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import {eventFiles} from 'mnist-wasm/node';
import {EarlyStopping, TensorBoard} from 'mnist-wasm/training';
import {afterEach, beforeEach, expect, it} from 'vitest';
import {discard, examples, oneWeight} from './fixtures/callbacks';

let model: LayersModel;
beforeEach(async () => {
  await setBackend('cpu');
  model = oneWeight();
});
afterEach(() => discard(model));

type Point = [run: string, tag: string, value: number, step: number];

/** Writers that keep what is flushed. */
function collector() {
  const points: Point[] = [];
  const opened: string[] = [];
  const open = (run: string) => {
    opened.push(run);
    let unwritten: Point[] = [];
    return {
      scalar: (tag: string, value: number, step: number) => unwritten.push([run, tag, value, step]),
      flush: async () => {
        points.push(...unwritten);
        unwritten = [];
      },
    };
  };
  return {points, opened, open};
}

async function train(callback: TensorBoard, epochs = 2) {
  const {xs, ys} = examples();
  const callbacks = [callback, new EarlyStopping({monitor: 'loss', patience: 9})];
  const {history} = await model.fit(xs, ys, {epochs, batchSize: 2, validationData: [xs, ys], callbacks});
  dispose([xs, ys]);
  return history as Record<string, number[]>;
}

it("writes each epoch's values, under Keras's names, training and validation apart", async () => {
  const {points, opened, open} = collector();
  const {loss, acc, val_loss: valLoss, val_acc: valAcc} = await train(new TensorBoard(open));
  expect(opened.sort()).toEqual(['train', 'validation']);
  const expected: Point[] = [1, 2].flatMap((step): Point[] => [
    ['train', 'epoch_loss', loss[step - 1], step],
    ['train', 'epoch_accuracy', acc[step - 1], step],
    ['validation', 'epoch_loss', valLoss[step - 1], step],
    ['validation', 'epoch_accuracy', valAcc[step - 1], step],
  ]);
  expect(points.sort()).toEqual(expected.sort());
});

it.each([
  ['batch' as const, [1, 2, 3, 4]],
  [3, [3]],
])('updateFreq %s writes batches %j too', async (updateFreq, steps) => {
  const {points, open} = collector();
  await train(new TensorBoard(open, {updateFreq}));
  const batches = points.filter(([, tag]) => tag === 'batch_loss');
  expect(batches.map(([run, , , step]) => [run, step])).toEqual(steps.map((step) => ['train', step]));
  for (const [, , value] of batches) expect(value).toBeGreaterThan(0);
  expect(new Set(points.map(([, tag]) => tag))).toEqual(
    new Set(['batch_loss', 'batch_accuracy', 'epoch_loss', 'epoch_accuracy']),
  );
});

it('goes on in another training, and keeps no tensor', async () => {
  const {points, opened, open} = collector();
  const callback = new TensorBoard(open, {updateFreq: 'batch'});
  await train(callback, 1);
  const {numTensors} = memory();
  await train(callback, 1);
  expect(memory().numTensors).toBe(numTensors);
  expect(opened).toHaveLength(2);
  expect(points.filter(([, tag]) => tag === 'batch_loss').map(([, , , step]) => step)).toEqual([1, 2, 3, 4]);
});

it('writes to the files of mnist-wasm/node', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'tensor-board-'));
  try {
    await train(new TensorBoard(eventFiles(folder), {updateFreq: 'batch'}), 3);
    for (const [run, tags] of Object.entries({train: ['batch_loss', 'epoch_loss'], validation: ['epoch_loss']})) {
      const [name] = readdirSync(path.join(folder, run));
      const text = readFileSync(path.join(folder, run, name), 'latin1');
      expect(tags.map((tag) => text.split(tag).length - 1)).toEqual(tags.map((tag) => (tag === 'batch_loss' ? 6 : 3)));
    }
  } finally {
    rmSync(folder, {recursive: true});
  }
});

it('refuses other frequencies', () => {
  for (const updateFreq of ['epochs', 0, 1.5]) {
    expect(() => new TensorBoard(collector().open, {updateFreq: updateFreq as 'epoch'})).toThrow(
      /updateFreq: expected/,
    );
  }
});
