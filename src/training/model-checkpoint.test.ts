import '@tensorflow/tfjs-backend-cpu';
import {mkdtempSync, readdirSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {dispose, io, setBackend} from '@tensorflow/tfjs-core';
import {type LayersModel, loadLayersModel} from '@tensorflow/tfjs-layers';
import {fileSystem, registerFileHandler} from 'mnist-wasm/node';
import {ModelCheckpoint, type ModelCheckpointOptions, type SaveTarget} from 'mnist-wasm/training';
import {afterEach, beforeEach, expect, it, vi} from 'vitest';
import {discard, examples, oneWeight, play, valued, weightOf} from './fixtures/callbacks';

let model: LayersModel;
beforeEach(async () => {
  await setBackend('cpu');
  model = oneWeight();
});
afterEach(() => {
  discard(model);
  vi.restoreAllMocks();
});

/** A handler that keeps of each save the model's one weight. */
function collector(): {saved: number[]; artifacts: io.ModelArtifacts[]; handler: io.IOHandler} {
  const saved: number[] = [];
  const artifacts: io.ModelArtifacts[] = [];
  const handler = io.withSaveHandler(async (model) => {
    artifacts.push(model);
    saved.push(new Float32Array(model.weightData as ArrayBuffer)[0]);
    return {modelArtifactsInfo: io.getModelArtifactsInfoForJSON(model)};
  });
  return {saved, artifacts, handler};
}

async function savedOf(options: ModelCheckpointOptions, values: number[], name = 'val_loss'): Promise<number[]> {
  const {saved, handler} = collector();
  await play(model, new ModelCheckpoint(handler, options), valued(name, values));
  return saved;
}

it('saves after each epoch, or after those that are better than all before', async () => {
  expect(await savedOf({}, [3, 4, 2])).toEqual([1, 2, 3]);
  expect(await savedOf({saveBestOnly: true}, [3, 4, 2, 2, 1])).toEqual([1, 3, 5]);
  expect(await savedOf({saveBestOnly: true, mode: 'max'}, [3, 4, 2, 5])).toEqual([1, 2, 4]);
  expect(await savedOf({saveBestOnly: true, monitor: 'val_accuracy'}, [0.5, 0.25, 0.75], 'val_acc')).toEqual([1, 3]);
  expect(await savedOf({saveBestOnly: true}, [Number.NaN, 2, Number.NaN, 1])).toEqual([2, 4]);
});

it('an epoch without the value is saved with a warning; one that was cut short is not', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const {saved, handler} = collector();
  const checkpoint = new ModelCheckpoint(handler, {saveBestOnly: true});
  await play(model, checkpoint, [{val_loss: 1}, {loss: 2}, {val_loss: 2}]);
  expect(saved).toEqual([1, 2]);
  expect(warn).toHaveBeenCalledTimes(1);
  model.stopTraining = true;
  await checkpoint.onEpochEnd(3, {loss: 1});
  expect(saved).toEqual([1, 2]);
  expect(warn).toHaveBeenCalledTimes(1);
});

it('asks a function where to save, with the logs as numbers', async () => {
  const {saved, handler} = collector();
  const asked: [number, Record<string, number>][] = [];
  const target = (epoch: number, logs: Record<string, number>): SaveTarget => {
    asked.push([epoch, logs]);
    return handler;
  };
  await play(model, new ModelCheckpoint(target, {saveBestOnly: true}), valued('val_loss', [4, 2, 3]));
  expect(asked).toEqual([
    [0, {val_loss: 4}],
    [1, {val_loss: 2}],
  ]);
  expect(saved).toEqual([1, 2]);
});

it('remembers the best from one training to the next, and in its state', async () => {
  const {saved, handler} = collector();
  const options = {saveBestOnly: true};
  const first = new ModelCheckpoint(handler, options);
  expect(first.getState()).toEqual({best: null, bestEpoch: 0});
  await play(model, first, valued('val_loss', [4, 2]));
  await play(model, first, valued('val_loss', [3, 3]));
  expect(saved).toEqual([1, 2]);
  const second = new ModelCheckpoint(handler, options);
  second.setState(JSON.parse(JSON.stringify(first.getState())));
  expect(second).toMatchObject({best: 2, bestEpoch: 1});
  await play(model, second, valued('val_loss', [9, 9, 3, 1]), 2);
  expect(saved).toEqual([1, 2, 4]);
  expect(() => second.setState({best: 'low' as unknown as number, bestEpoch: 1})).toThrow(RangeError);
  expect(() => second.setState({best: 1, bestEpoch: -1})).toThrow(RangeError);
  expect(second.getState()).toEqual({best: 1, bestEpoch: 3});
});

it('a save that fails ends the training and is not taken for the best', async () => {
  const full = io.withSaveHandler(async () => {
    throw new Error('no space left');
  });
  const checkpoint = new ModelCheckpoint(full, {saveBestOnly: true});
  // By hand: where a callback throws, tfjs-layers itself leaves the tensors of the epoch behind.
  await expect(play(model, checkpoint, valued('val_loss', [1]))).rejects.toThrow('no space left');
  expect(checkpoint.getState().best).toBe(null);
});

it('writes to a folder what can be loaded, with the optimizer where it is wanted', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'mnist-wasm-checkpoint-'));
  registerFileHandler();
  const {xs, ys} = examples();
  // tfjs makes a scalar of the number of steps whenever it saves, and disposes it never.
  const weights = await model.optimizer.getWeights();
  vi.spyOn(model.optimizer, 'getWeights').mockResolvedValue(weights);
  const checkpoints = [
    new ModelCheckpoint(fileSystem(path.join(folder, 'last')), {includeOptimizer: true}),
    new ModelCheckpoint((epoch) => `file://${folder}/epoch-${epoch}`, {monitor: 'loss'}),
  ];
  await model.fit(xs, ys, {epochs: 2, verbose: 0, callbacks: checkpoints});
  expect(readdirSync(folder).sort()).toEqual(['epoch-0', 'epoch-1', 'last']);
  const last = await loadLayersModel(fileSystem(path.join(folder, 'last')));
  expect(last.optimizer.getClassName()).toBe('SGD');
  expect(weightOf(last)).toBe(weightOf(model));
  const first = await loadLayersModel(`file://${folder}/epoch-0`);
  expect(weightOf(first)).toBeCloseTo(0.85, 5);
  expect(first.optimizer).toBeUndefined();
  for (const each of [first, last]) discard(each);
  dispose([xs, ys, ...weights.map(({tensor}) => tensor)]);
  rmSync(folder, {recursive: true});
});

it('tells before the first epoch that nothing saves to a URL', async () => {
  const {xs, ys} = examples();
  const before = weightOf(model);
  await expect(model.fit(xs, ys, {callbacks: [new ModelCheckpoint('out/best')]})).rejects.toThrow(
    "ModelCheckpoint: nothing saves to 'out/best'; expected fileSystem('out/best') of mnist-wasm/node",
  );
  expect(weightOf(model)).toBe(before);
  dispose([xs, ys]);
});
