import '@tensorflow/tfjs-backend-cpu';
import {mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {setBackend, type Tensor, tensor} from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-layers';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {lenet} from '../../recipes/models/lenet';
import {RunError} from '../../recipes/shared/errors';
import {writeFileAtomic} from '../../recipes/shared/files';
import {modelFolder} from '../../recipes/shared/model-files';

let folder: string;
beforeEach(async () => {
  await setBackend('cpu');
  folder = mkdtempSync(path.join(tmpdir(), 'mnist-wasm-model-'));
});
afterEach(() => rmSync(folder, {recursive: true}));

const contents = (model: tf.LayersModel) => model.getWeights().map((weight) => [...weight.dataSync()]);

describe('modelFolder', () => {
  it('loads what it saved, bit by bit', async () => {
    const model = lenet(5);
    const target = path.join(folder, 'new', 'model');
    const result = await model.save(modelFolder(target));
    expect(result.modelArtifactsInfo.weightDataBytes).toBe(61_706 * 4);
    expect(readdirSync(target).sort()).toEqual(['model.json', 'weights.bin']);
    expect(statSync(path.join(target, 'weights.bin')).size).toBe(61_706 * 4);

    const loaded = await tf.loadLayersModel(modelFolder(target));
    expect(contents(loaded)).toEqual(contents(model));
    const x = tensor(
      Float32Array.from({length: 784}, (_, i) => (i % 29) / 29),
      [1, 28, 28, 1],
    );
    const [before, after] = [model.predict(x) as Tensor, loaded.predict(x) as Tensor];
    expect([...after.dataSync()]).toEqual([...before.dataSync()]);
    for (const tensor of [x, before, after]) tensor.dispose();
    model.dispose();
    loaded.dispose();
  });

  it('writes the TensorFlow.js layers format', async () => {
    const model = lenet(1);
    await model.save(modelFolder(folder));
    model.dispose();
    const json = JSON.parse(readFileSync(path.join(folder, 'model.json'), 'utf8'));
    expect(json.format).toBe('layers-model');
    expect(json.modelTopology.config.layers).toHaveLength(8);
    expect(json.weightsManifest).toHaveLength(1);
    expect(json.weightsManifest[0].paths).toEqual(['weights.bin']);
    expect(json.weightsManifest[0].weights).toHaveLength(10);
    expect(json).not.toHaveProperty('weightData');
  });

  it('reads weights in several shards, as the converter writes them', async () => {
    const model = lenet(2);
    await model.save(modelFolder(folder));
    const bytes = readFileSync(path.join(folder, 'weights.bin'));
    writeFileSync(path.join(folder, 'shard1'), bytes.subarray(0, 1001));
    writeFileSync(path.join(folder, 'shard2'), bytes.subarray(1001));
    const json = JSON.parse(readFileSync(path.join(folder, 'model.json'), 'utf8'));
    json.weightsManifest[0].paths = ['shard1', 'shard2'];
    writeFileSync(path.join(folder, 'model.json'), JSON.stringify(json));
    const loaded = await tf.loadLayersModel(modelFolder(folder));
    expect(contents(loaded)).toEqual(contents(model));
    model.dispose();
    loaded.dispose();
  });

  it('replaces a model that is there', async () => {
    const [first, second] = [lenet(1), lenet(2)];
    await first.save(modelFolder(folder));
    await second.save(modelFolder(folder));
    const loaded = await tf.loadLayersModel(modelFolder(folder));
    expect(contents(loaded)).toEqual(contents(second));
    expect(readdirSync(folder)).toHaveLength(2);
    for (const model of [first, second, loaded]) model.dispose();
  });

  it('says which file is missing, broken or of the wrong size', async () => {
    const load = () => tf.loadLayersModel(modelFolder(folder));
    await expect(load()).rejects.toThrow(RunError);
    await expect(load()).rejects.toThrow(/cannot read the model file .*model\.json/);
    writeFileSync(path.join(folder, 'model.json'), '{"weightsManifest": [');
    await expect(load()).rejects.toThrow(/model\.json is no TensorFlow\.js layers model/);
    writeFileSync(path.join(folder, 'model.json'), '{}');
    await expect(load()).rejects.toThrow(/no topology or weights manifest/);
    const model = lenet(1);
    await model.save(modelFolder(folder));
    model.dispose();
    writeFileSync(path.join(folder, 'weights.bin'), new Uint8Array(1000));
    await expect(load()).rejects.toThrow(/weights.*1000 bytes.*246824/);
    rmSync(path.join(folder, 'weights.bin'));
    await expect(load()).rejects.toThrow(/cannot read the model file .*weights\.bin/);
  });
});

describe('writeFileAtomic', () => {
  it('leaves the former file and nothing else where it cannot write', async () => {
    const taken = path.join(folder, 'taken');
    await writeFileAtomic(path.join(taken, 'inside'), 'kept');
    await expect(writeFileAtomic(taken, 'new')).rejects.toThrow();
    expect(readFileSync(path.join(taken, 'inside'), 'utf8')).toBe('kept');
    expect(readdirSync(folder)).toEqual(['taken']);
  });

  it('makes folders and replaces', async () => {
    const file = path.join(folder, 'a', 'b', 'c.txt');
    await writeFileAtomic(file, 'first');
    await writeFileAtomic(file, Uint8Array.of(0x32, 0x6e, 0x64));
    expect(readFileSync(file, 'utf8')).toBe('2nd');
    expect(readdirSync(path.dirname(file))).toEqual(['c.txt']);
  });
});
