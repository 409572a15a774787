import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {setBackend, type Tensor, tensor, tidy} from '@tensorflow/tfjs-core';
import 'mnist-wasm';
import {afterEach, beforeAll, beforeEach, describe, expect, it} from 'vitest';
import {openModel} from './open-model';

let folder: string;
beforeAll(async () => {
  await setBackend('mnist-wasm');
});
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'mnist-wasm-open-'));
});
afterEach(() => rm(folder, {recursive: true}));

const save = (json: object) => writeFile(path.join(folder, 'model.json'), JSON.stringify(json));

describe('a folder with a model.json', () => {
  it('is told to be a graph model where it is one', async () => {
    await save({format: 'graph-model', modelTopology: {node: [], library: {}, versions: {}}, weightsManifest: []});
    await expect(openModel(folder)).rejects.toThrow(/is a graph model.*tfjs_layers_model/);
  });

  it('is opened where the tensorflowjs converter made it of a model of Keras 3', async () => {
    const layers = [
      {class_name: 'InputLayer', config: {name: 'in', batch_shape: [null, 1]}},
      {class_name: 'Dense', config: {name: 'head', units: 1, trainable: true}},
    ];
    const weights = [
      {name: 'sequential/head/kernel', shape: [1, 1], dtype: 'float32'},
      {name: 'sequential/head/bias', shape: [1], dtype: 'float32'},
    ];
    await writeFile(path.join(folder, 'group1.bin'), Buffer.from(Float32Array.of(3, 4).buffer));
    await save({
      format: 'layers-model',
      generatedBy: 'keras v3.8.0',
      modelTopology: {keras_version: '3.8.0', model_config: {class_name: 'Sequential', config: {name: 'm', layers}}},
      weightsManifest: [{paths: ['group1.bin'], weights}],
    });
    const model = await openModel(folder);
    const outputs = tidy(() => Array.from((model.predict(tensor([2], [1, 1])) as Tensor).dataSync()));
    expect(outputs).toEqual([10]);
    model.dispose();
  });
});
