import {type io, setBackend} from '@tensorflow/tfjs-core';
import {strToU8, zipSync} from 'fflate';
import 'mnist-wasm';
import type {Group} from 'h5wasm';
import {KerasError, kindOfTopology, loadKeras, loadKerasArtifacts} from 'mnist-wasm/keras';
import {beforeAll, describe, expect, it} from 'vitest';
import {discard, hdf5} from './fixtures/files';
import {file, layer, predict, result, sequential, type Weights} from './fixtures/made';

beforeAll(async () => {
  await setBackend('mnist-wasm');
});

describe('names that tensors cannot have', () => {
  it('become others, no two the same', async () => {
    const dense = (name: string) => layer('Dense', {name, units: 1, use_bias: false});
    const names = ['output layer', 'output+layer', 'output_layer', '密集', 'größe[1]'];
    const config = sequential([1], ...names.map(dense));
    const weights = Object.fromEntries(names.map((name, i) => [name, [[[1, 1], [i + 1]]]])) as Weights;
    const model = await loadKeras(await file(config, weights));
    expect(model.layers.slice(-5).map(({name}) => name)).toEqual([
      'output_layer_1',
      'output_layer_2',
      'output_layer',
      'layer__',
      'gro_e_1_',
    ]);
    expect(predict(model, [1], [1, 1])).toEqual([120]);
    discard(model);
  });
});

describe('files of other times', () => {
  it.each(['/', '\\'])('finds the layers that Keras 2.13 counted twice, with %s between the names', async (between) => {
    const dense = (name: string) => layer('Dense', {name, units: 1, use_bias: false});
    const container = '_layer_checkpoint_dependencies';
    const weights = await hdf5((root) => {
      for (const [name, value] of [
        ['dense', 3],
        ['dense_2', 5],
      ] as [string, number][]) {
        const names = between === '/' ? [container, name, 'vars'] : [`${container}\\${name}`, 'vars'];
        const vars = names.reduce<Group>(
          (at, part) => (at.keys().includes(part) ? (at.get(part) as Group) : at.create_group(part)),
          root,
        );
        vars.create_dataset({name: '0', data: Float32Array.of(value), shape: [1, 1], dtype: '<f4'});
      }
    });
    const config = sequential([1], dense('a'), dense('b'));
    const bytes = zipSync({
      'config.json': strToU8(JSON.stringify(config)),
      'metadata.json': strToU8(JSON.stringify({keras_version: '2.13.1'})),
      'model.weights.h5': weights,
    });
    const model = await loadKeras(bytes);
    expect(predict(model, [1], [1, 1])).toEqual([15]);
    discard(model);
  });

  const conv = sequential([2, 1], layer('Conv1D', {filters: 1, kernel_size: [2], use_bias: false}));
  const kernel: Weights = {
    conv1d: [
      [
        [2, 1, 1],
        [1, 10],
      ],
    ],
  };

  it("turns Theano's kernels", async () => {
    expect(await result(conv, [1, 2], [1, 2, 1], kernel, {keras_version: '2.1.0', backend: 'theano'})).toEqual([12]);
    expect(await result(conv, [1, 2], [1, 2, 1], kernel, {keras_version: '2.1.0', backend: 'tensorflow'})).toEqual([
      21,
    ]);
  });

  it('names the version of Keras 1', async () => {
    const error = await loadKeras(await file(conv, kernel, {keras_version: '1.2.2'})).catch((reason) => reason);
    expect(error).toBeInstanceOf(KerasError);
    expect(error.message).toContain('written by Keras 1.2.2');
  });
});

describe('a model.json', () => {
  const topology = {
    keras_version: '3.8.0',
    backend: 'tensorflow',
    model_config: sequential([1], layer('Dense', {name: 'head', units: 1, use_bias: true})),
  };
  const artifacts = {
    modelTopology: topology,
    weightSpecs: [
      {name: 'sequential/head/kernel', shape: [1, 1], dtype: 'float32'},
      {name: 'sequential/head/bias', shape: [1], dtype: 'float32'},
    ],
    weightData: Float32Array.of(3, 4).buffer,
  } as unknown as io.ModelArtifacts;

  it('that the converter made of a model of Keras 3 is loaded', async () => {
    expect(kindOfTopology(topology)).toBe('keras');
    const model = await loadKerasArtifacts(artifacts);
    expect(predict(model, [2], [1, 1])).toEqual([10]);
    discard(model);
  });

  it('that is a graph model is told to be one', async () => {
    const graph = {node: [{name: 'x', op: 'Placeholder'}], library: {}, versions: {}};
    expect(kindOfTopology(graph)).toBe('graph');
    const error = loadKerasArtifacts({...artifacts, modelTopology: graph});
    await expect(error).rejects.toThrow(/is a graph model.*@tensorflow\/tfjs-converter/);
  });
});
