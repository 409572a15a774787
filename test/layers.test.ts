/**
 * What a layers model reaches in training and inference: every layer, activation, loss, metric, optimizer, constraint,
 * regularizer and initialiser of tfjs-layers gives what it gives on the CPU backend, by WebAssembly alone.
 */
import '@tensorflow/tfjs-backend-cpu';
import 'mnist-wasm';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import {afterEach, describe, expect, it, vi} from 'vitest';
import {expectAgreement} from './agreement';
import {difference} from './cases/compare';
import type {Output} from './cases/run';
import {runLayer, watchFallback} from './layers/run';
import {layerCases} from './layers/table';
import {train, trainingCases} from './layers/training';
import {reference} from './parity/pair';

/** Layers of several products and activations: each rounds differently. */
const tolerance = {relative: 1e-5, of: 'output'} as const;

afterEach(() => {
  vi.restoreAllMocks();
});

/** Runs on both backends; the fallback may not be asked. */
async function compare(run: (backend: string) => Promise<Output[]>): Promise<void> {
  const expected = await run(reference());
  const fallbackCalls = await watchFallback();
  const actual = await run('mnist-wasm');
  expectAgreement(difference(expected, actual, tolerance), 'the CPU backend');
  expect(fallbackCalls(), 'kernels that ran through the fallback').toEqual([]);
}

describe('the layer', () => {
  it.for(layerCases.map((c) => [c.name, c] as const))('%s', ([, layerCase]) =>
    compare((backend) => runLayer(layerCase, backend)),
  );

  it('is in the table, whichever tfjs-layers has', async () => {
    const containers = ['InputLayer', 'Model', 'Functional', 'Sequential', 'RNN', 'StackedRNNCells'];
    const registered = tf.serialization.SerializationMap.getMap().classNameMap;
    const all = Object.entries(registered).filter(([, [type]]) => type.prototype instanceof layers.layers.Layer);
    await tf.setBackend(reference());
    const tested = layerCases.map((layerCase) => {
      const layer = layerCase.layer();
      if (layer.built || layer instanceof layers.Sequential) layer.dispose();
      return layer.getClassName();
    });
    const cells = ['SimpleRNNCell', 'GRUCell', 'LSTMCell', 'ConvLSTM2DCell'];
    const missing = all.map(([name]) => name).filter((name) => ![...tested, ...containers, ...cells].includes(name));
    expect(missing).toEqual([]);
  });
});

describe('training with', () => {
  it.for(trainingCases.map((c) => [c.name, c] as const))('%s', ([, trainingCase]) =>
    compare((backend) => train(trainingCase, backend)),
  );
});
