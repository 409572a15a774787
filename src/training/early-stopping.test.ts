import '@tensorflow/tfjs-backend-cpu';
import {dispose, setBackend, type Tensor, tensor} from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import {EarlyStopping, type EarlyStoppingOptions} from 'mnist-wasm/training';
import {afterEach, beforeEach, describe, expect, it, vi} from 'vitest';
import {discard, examples, oneWeight, play, setWeight, valued, weightOf} from './fixtures/callbacks';

let model: LayersModel;
beforeEach(async () => {
  await setBackend('cpu');
  model = oneWeight();
});
afterEach(() => {
  discard(model);
  vi.restoreAllMocks();
});

interface Played {
  epochs: number;
  stopped: number;
  bestEpoch: number;
  best: number;
}

async function losses(options: EarlyStoppingOptions, values: number[], name = 'val_loss'): Promise<Played> {
  const stopping = new EarlyStopping(options);
  const epochs = await play(model, stopping, valued(name, values));
  const {stoppedEpoch: stopped, bestEpoch, best} = stopping;
  expect(stopping.bestWeights).toBe(null);
  return {epochs, stopped, bestEpoch, best};
}

describe('stops', () => {
  it('after the first epoch without improvement by default, and after `patience` of them', async () => {
    const values = [5, 4, 4, 3, 6, 7, 8, 2];
    expect(await losses({}, values)).toEqual({epochs: 3, stopped: 2, bestEpoch: 1, best: 4});
    expect(await losses({patience: 1}, values)).toEqual({epochs: 3, stopped: 2, bestEpoch: 1, best: 4});
    expect(await losses({patience: 2}, values)).toEqual({epochs: 6, stopped: 5, bestEpoch: 3, best: 3});
    expect(await losses({patience: 3}, values)).toEqual({epochs: 7, stopped: 6, bestEpoch: 3, best: 3});
    expect(await losses({patience: 4}, values)).toEqual({epochs: 8, stopped: 0, bestEpoch: 7, best: 2});
  });

  it('never after the first epoch', async () => {
    expect(await losses({}, [Number.NaN, 1, 2])).toEqual({epochs: 3, stopped: 2, bestEpoch: 1, best: 1});
  });

  it('where the improvement is not more than minDelta', async () => {
    const values = [5, 4.5, 4, 3.25, 3];
    expect(await losses({minDelta: 0.5}, values)).toMatchObject({epochs: 2, best: 5});
    expect(await losses({minDelta: -0.5}, values)).toMatchObject({epochs: 2, best: 5});
    // 4.5 is not, 4 is, as it is measured against 5; so is 3.25; 3 is not.
    expect(await losses({minDelta: 0.5, patience: 2}, values)).toMatchObject({epochs: 5, stopped: 0, best: 3.25});
    expect(await losses({monitor: 'accuracy', minDelta: 0.25, patience: 1}, [0, 0.5, 0.75], 'accuracy')).toMatchObject({
      stopped: 2,
      best: 0.5,
    });
  });

  it('where more is better and there is no more', async () => {
    const values = [0.1, 0.3, 0.2, 0.4];
    const expected = {epochs: 3, stopped: 2, bestEpoch: 1, best: 0.3};
    const close = async (options: EarlyStoppingOptions, name: string) => {
      const played = await losses(options, values, name);
      expect({...played, best: Math.fround(played.best)}).toEqual({...expected, best: Math.fround(0.3)});
    };
    await close({monitor: 'val_acc'}, 'val_acc');
    await close({monitor: 'val_accuracy'}, 'val_acc');
    await close({monitor: 'acc'}, 'accuracy');
    await close({monitor: 'val_loss', mode: 'max'}, 'val_loss');
    await close({monitor: 'score', mode: 'max'}, 'score');
    expect(await losses({monitor: 'val_acc', mode: 'min'}, values, 'val_acc')).toMatchObject({stopped: 1});
  });

  it('where nothing is better than the baseline in time', async () => {
    // 4 is the best, yet above 3: the waiting goes on. 2 ends it.
    expect(await losses({baseline: 3, patience: 3}, [5, 4, 6, 7])).toMatchObject({epochs: 3, stopped: 2, best: 4});
    expect(await losses({baseline: 3, patience: 3}, [5, 2, 6, 7, 8, 9])).toMatchObject({
      epochs: 5,
      stopped: 4,
      best: 2,
    });
  });

  it('without a look at the epochs before startFromEpoch', async () => {
    const played = await losses({startFromEpoch: 3}, [1, 2, 3, 9, 8, 8.5]);
    expect(played).toEqual({epochs: 6, stopped: 5, bestEpoch: 4, best: 8});
  });

  it('with a warning, but without an end, where the value is missing', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const stopping = new EarlyStopping();
    expect(await play(model, stopping, [{val_loss: 1}, {loss: 2}, {loss: 3}, {val_loss: 2}])).toBe(4);
    expect(stopping.stoppedEpoch).toBe(3);
    expect(warn.mock.calls).toEqual([
      [expect.stringContaining("no 'val_loss'")],
      [expect.stringContaining('there are: loss')],
    ]);
  });

  it('forgets one training in the next', async () => {
    const stopping = new EarlyStopping({patience: 1});
    await play(model, stopping, valued('val_loss', [1, 2]));
    expect(await play(model, stopping, valued('val_loss', [9, 8, 7]))).toBe(3);
    expect(stopping).toMatchObject({stoppedEpoch: 0, best: 7, bestEpoch: 2});
  });
});

describe('restoreBestWeights', () => {
  const weightAfter = async (options: EarlyStoppingOptions, values: number[]) => {
    await losses({restoreBestWeights: true, ...options}, values);
    return weightOf(model);
  };

  it('gives back those of the best epoch, stopped or not', async () => {
    expect(await weightAfter({patience: 2}, [5, 3, 4, 4])).toBe(2);
    expect(await weightAfter({patience: 9}, [5, 3, 4, 4])).toBe(2);
    expect(await weightAfter({patience: 9}, [5, 4, 3, 2])).toBe(4);
    expect(await weightAfter({restoreBestWeights: false}, [5, 3, 4, 4])).toBe(3);
  });

  it('whatever the baseline, and of the first epoch where none is better than nothing', async () => {
    expect(await weightAfter({baseline: 1, patience: 3}, [5, 3, 4, 4])).toBe(2);
    expect(await weightAfter({patience: 5}, [Number.NaN, Number.NaN])).toBe(1);
    expect(await weightAfter({startFromEpoch: 2}, [1, 1, 5, 6])).toBe(3);
    expect(await weightAfter({startFromEpoch: 9}, [1, 1, 5, 6])).toBe(4);
  });

  it('keeps copies that a caller can read meanwhile, and lets go of them after an error', async () => {
    const stopping = new EarlyStopping({restoreBestWeights: true});
    stopping.setModel(model);
    await stopping.onTrainBegin();
    setWeight(model, 7);
    await stopping.onEpochEnd(0, {val_loss: 1});
    setWeight(model, 8);
    expect([...(stopping.bestWeights as readonly Tensor[])[0].dataSync()]).toEqual([7]);
    stopping.dispose();
    expect(stopping.bestWeights).toBe(null);
  });
});

describe('a training that was interrupted', () => {
  it('goes on as if it had not been', async () => {
    const values = valued('val_loss', [5, 3, 4, 4.5, 4, 2]);
    const options = {patience: 3, restoreBestWeights: true};
    const first = new EarlyStopping(options);
    first.setModel(model);
    await first.onTrainBegin();
    for (let epoch = 0; epoch < 3; epoch++) {
      setWeight(model, epoch + 1);
      await first.onEpochEnd(epoch, values[epoch]);
    }
    const state = JSON.parse(JSON.stringify(first.getState()));
    expect(state).toEqual({wait: 1, best: 3, bestEpoch: 1});

    const second = new EarlyStopping(options);
    second.setState(state, first.bestWeights as readonly Tensor[]);
    first.dispose();
    expect(await play(model, second, values, 3)).toBe(5);
    expect(second).toMatchObject({stoppedEpoch: 4, bestEpoch: 1, best: 3});
    expect(weightOf(model)).toBe(2);
  });

  it('has a state before its first epoch', async () => {
    const stopping = new EarlyStopping();
    const state = JSON.parse(JSON.stringify(stopping.getState()));
    expect(state).toEqual({wait: 0, best: null, bestEpoch: 0});
    stopping.setState(state);
    expect(await play(model, stopping, valued('val_loss', [3, 2, 4]))).toBe(3);
  });

  it('refuses what is no state, and keeps its own', () => {
    const stopping = new EarlyStopping({restoreBestWeights: true});
    const before = stopping.getState();
    const good = {wait: 1, best: 2, bestEpoch: 3};
    expect(() => stopping.setState(good)).toThrow(/needs the best weights/);
    const weights: Tensor[] = [tensor([[1]])];
    for (const wrong of [{wait: -1}, {wait: '1'}, {bestEpoch: 0.5}, {best: Number.NaN}, {best: '1'}]) {
      expect(() => stopping.setState({...good, ...wrong} as typeof good, weights)).toThrow(RangeError);
    }
    expect(stopping.getState()).toEqual(before);
    dispose(weights);
  });
});

it('refuses options out of range', () => {
  const wrong: EarlyStoppingOptions[] = [
    {patience: -1},
    {patience: 1.5},
    {startFromEpoch: -1},
    {minDelta: Number.NaN},
    {baseline: Number.NaN},
    {mode: 'best' as 'min'},
    {monitor: 'val_score'},
  ];
  for (const options of wrong) expect(() => new EarlyStopping(options)).toThrow(RangeError);
  expect(() => new EarlyStopping({monitor: 'val_score'})).toThrow(/pass 'min' or 'max'/);
  for (const monitor of [
    'loss',
    'val_mse',
    'val_meanSquaredError',
    'out_loss',
    'val_precision',
    'categoricalAccuracy',
  ]) {
    expect(() => new EarlyStopping({monitor})).not.toThrow();
  }
});

describe('in tfjs-layers', () => {
  /** Each step halves the weight's distance from 0, which is below 0 for the validation set: so it gets worse there. */
  const validation = () => ({xs: tensor([[1]]), ys: tensor([[1]])});

  it.each(['fit', 'fitDataset'] as const)('%s stops and restores, and nothing is left behind', async (way) => {
    const {xs, ys} = examples();
    const held = validation();
    const stopping = new EarlyStopping({patience: 2, restoreBestWeights: true});
    const common = {epochs: 10, verbose: 0 as const, callbacks: [stopping]};
    const dataset = (data: {xs: Tensor; ys: Tensor}) => ({
      size: 1,
      iterator: async () =>
        (async function* () {
          yield {xs: data.xs.clone(), ys: data.ys.clone()};
        })(),
    });
    const {history, epoch} =
      way === 'fit'
        ? await model.fit(xs, ys, {...common, validationData: [held.xs, held.ys]})
        : await model.fitDataset(dataset({xs, ys}), {...common, validationData: dataset(held)});
    expect(epoch).toEqual([0, 1, 2]);
    expect(stopping).toMatchObject({stoppedEpoch: 2, bestEpoch: 0});
    expect(stopping.best).toBe(history.val_loss[0]);
    const afterFirst = 1 - 0.01 * 2 * 7.5;
    expect(weightOf(model)).toBeCloseTo(afterFirst, 5);
    dispose([xs, ys, held]);
  });
});
