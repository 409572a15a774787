import '@tensorflow/tfjs-backend-cpu';
import {createHash} from 'node:crypto';
import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {dispose, io, setBackend, type Tensor, tensor, train} from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-layers';
import {fileSystem, ModelFileError, registerFileHandler, writeFileAtomic} from 'mnist-wasm/node';
import {afterEach, beforeEach, describe, expect, it, vi} from 'vitest';

let folder: string;
beforeEach(async () => {
  await setBackend('cpu');
  folder = mkdtempSync(path.join(tmpdir(), 'mnist-wasm-model-'));
});
afterEach(() => rmSync(folder, {recursive: true}));

const contents = (model: tf.LayersModel) => model.getWeights().map((weight) => [...weight.dataSync()]);
const inFolder = (name: string) => path.join(folder, name);
const readJson = () => JSON.parse(readFileSync(inFolder('model.json'), 'utf8')) as io.ModelJSON;
const writeJson = (json: object) => writeFileSync(inFolder('model.json'), JSON.stringify(json));
const weightsFile = () => inFolder(readJson().weightsManifest[0].paths[0]);

function small(units = 2, seed = 1): tf.Sequential {
  const kernelInitializer = tf.initializers.glorotUniform({seed});
  return tf.sequential({layers: [tf.layers.dense({units, inputShape: [3], kernelInitializer})]});
}

function convolutional(seed: number): tf.Sequential {
  const kernelInitializer = tf.initializers.glorotUniform({seed});
  return tf.sequential({
    layers: [
      tf.layers.conv2d({inputShape: [28, 28, 1], filters: 4, kernelSize: 3, kernelInitializer}),
      tf.layers.maxPooling2d({poolSize: 2}),
      tf.layers.flatten(),
      tf.layers.dense({units: 10, activation: 'softmax', kernelInitializer}),
    ],
  });
}

describe('a model that was saved', () => {
  it('is loaded bit by bit, also by URL, and predicts the same', async () => {
    const model = convolutional(5);
    const target = path.join(folder, 'new', 'model');
    const result = await model.save(fileSystem(target));
    expect(result.modelArtifactsInfo.weightDataBytes).toBe(6_810 * 4);
    registerFileHandler();
    const x = tensor(
      Float32Array.from({length: 784}, (_, i) => (i % 29) / 29),
      [1, 28, 28, 1],
    );
    const before = model.predict(x) as Tensor;
    for (const place of [fileSystem(target), `file://${target}`, `file://${path.join(target, 'model.json')}`]) {
      const loaded = await tf.loadLayersModel(place);
      expect(contents(loaded)).toEqual(contents(model));
      const after = loaded.predict(x) as Tensor;
      expect([...after.dataSync()]).toEqual([...before.dataSync()]);
      after.dispose();
      loaded.dispose();
    }
    dispose([x, before]);
    model.dispose();
  });

  it('is in the TensorFlow.js layers format: model.json, and the weights that it names', async () => {
    const model = convolutional(1);
    await model.save(fileSystem(folder));
    model.dispose();
    const json = readJson();
    expect(json.format).toBe('layers-model');
    expect((json.modelTopology as {config: {layers: unknown[]}}).config.layers).toHaveLength(4);
    expect(json.weightsManifest).toHaveLength(1);
    expect(json.weightsManifest[0].weights).toHaveLength(4);
    expect(json).not.toHaveProperty('weightData');
    const [name] = json.weightsManifest[0].paths;
    expect(readdirSync(folder).sort()).toEqual(['model.json', name]);
    const hash = createHash('sha256')
      .update(readFileSync(inFolder(name)))
      .digest('hex');
    expect(name).toBe(`weights.${hash.slice(0, 16)}.bin`);
  });

  it('is read by tfjs-core itself, from an address', async () => {
    const model = small();
    await model.save(fileSystem(folder));
    const fetchFunc = async (url: string) => {
      const isJson = url.endsWith('.json');
      return new Response(readFileSync(inFolder(path.basename(url))), {
        headers: {'content-type': isJson ? 'application/json' : 'application/octet-stream'},
      });
    };
    const http = io.http('http://127.0.0.1/model.json', {fetchFunc: fetchFunc as typeof fetch});
    const loaded = await tf.loadLayersModel(http);
    expect(contents(loaded)).toEqual(contents(model));
    model.dispose();
    loaded.dispose();
  });

  it("goes on with the optimizer's weights", async () => {
    const model = small();
    model.compile({optimizer: train.rmsprop(0.01, 0.9, 0.5), loss: 'meanSquaredError'});
    const [x, y] = [tensor([[1, 2, 3]]), tensor([[1, 2]])];
    await model.fit(x, y, {epochs: 2, verbose: 0});
    const weights = await model.optimizer.getWeights();
    // tfjs makes a scalar of the number of steps whenever it saves, and disposes it never.
    const getWeights = vi.spyOn(model.optimizer, 'getWeights').mockResolvedValue(weights);
    await model.save(fileSystem(folder), {includeOptimizer: true});
    getWeights.mockRestore();
    weights[0].tensor.dispose();
    const loaded = await tf.loadLayersModel(fileSystem(folder));
    for (const each of [model, loaded]) await each.fit(x, y, {epochs: 2, verbose: 0});
    expect(contents(loaded)).toEqual(contents(model));
    dispose([x, y]);
    for (const each of [model, loaded]) {
      each.dispose();
      each.optimizer.dispose();
    }
  });

  it('replaces the one that is there, and what was left behind by processes that were killed', async () => {
    const other = 'weights.0123456789abcdef.bin';
    const pid = 2 ** 22 + 1; // above the most that Linux gives
    const left = [
      other,
      `weights.0123456789abcdef.bin.${pid}.0.tmp`,
      `model.json.${pid}.1.tmp`,
      `model.json.${process.pid}.9999.tmp`,
    ];
    for (const name of [...left, 'notes.txt', `notes.${pid}.1.tmp`]) writeFileSync(inFolder(name), 'left');
    const [first, second] = [small(2), small(3)];
    await first.save(fileSystem(folder));
    const former = weightsFile();
    await second.save(fileSystem(folder));
    expect(former).not.toBe(weightsFile());
    const names = ['model.json', 'notes.txt', `notes.${pid}.1.tmp`, path.basename(weightsFile())];
    expect(readdirSync(folder).sort()).toEqual(names.sort());
    const loaded = await tf.loadLayersModel(fileSystem(folder));
    expect(contents(loaded)).toEqual(contents(second));
    for (const model of [first, second, loaded]) model.dispose();
  });

  it("removes a converter's shards, but nothing outside its folder", async () => {
    writeFileSync(inFolder('keep.bin'), 'kept');
    const target = inFolder('model');
    mkdirSync(target);
    for (const name of ['group1-shard1of2', 'group1-shard2of2']) writeFileSync(path.join(target, name), '');
    const paths = ['group1-shard1of2', 'group1-shard2of2', '../keep.bin', 'model.json'];
    writeFileSync(
      path.join(target, 'model.json'),
      JSON.stringify({modelTopology: {}, weightsManifest: [{paths, weights: []}]}),
    );
    const model = small();
    await model.save(fileSystem(target));
    expect(readdirSync(target)).toHaveLength(2);
    expect(readdirSync(folder)).toContain('keep.bin');
    model.dispose();
  });

  it('is the last of many that are saved at the same time', async () => {
    const models = [2, 3, 4, 5].map((units) => small(units));
    await Promise.all(models.map((model) => model.save(fileSystem(folder))));
    expect(readdirSync(folder)).toHaveLength(2);
    const loaded = await tf.loadLayersModel(fileSystem(folder));
    expect(contents(loaded)).toEqual(contents(models[3]));
    for (const model of [...models, loaded]) model.dispose();
  });

  it('can be loaded while others are saved in its place', async () => {
    const models = [2, 3].map((units) => small(units));
    await models[0].save(fileSystem(folder));
    let saving = true;
    const saves = (async () => {
      for (let i = 0; i < 30; i++) await models[i % 2].save(fileSystem(folder));
      saving = false;
    })();
    while (saving) {
      const loaded = await tf.loadLayersModel(fileSystem(folder));
      expect(contents(models[loaded.getWeights()[0].shape[1] === 2 ? 0 : 1])).toEqual(contents(loaded));
      loaded.dispose();
    }
    await saves;
    for (const model of models) model.dispose();
  });
});

describe('models of others', () => {
  it('may have their weights in several shards and groups', async () => {
    const model = convolutional(2);
    await model.save(fileSystem(folder));
    const bytes = readFileSync(weightsFile());
    const json = readJson();
    const {weights} = json.weightsManifest[0];
    const first = (3 * 3 * 1 * 4 + 4) * 4;
    mkdirSync(inFolder('weights'));
    writeFileSync(inFolder('weights/a'), bytes.subarray(0, 101));
    writeFileSync(inFolder('weights/b'), bytes.subarray(101, first));
    writeFileSync(inFolder('c'), bytes.subarray(first));
    json.weightsManifest = [
      {paths: ['weights/a', 'weights/b'], weights: weights.slice(0, 2)},
      {paths: ['c'], weights: weights.slice(2)},
    ];
    writeJson(json);
    const loaded = await tf.loadLayersModel(fileSystem(folder));
    expect(contents(loaded)).toEqual(contents(model));
    model.dispose();
    loaded.dispose();
  });

  it('may be quantised', async () => {
    const model = small();
    await model.save(fileSystem(folder));
    const json = readJson();
    const [kernel, bias] = json.weightsManifest[0].weights;
    json.weightsManifest[0] = {
      paths: ['quantised.bin'],
      weights: [
        {...kernel, quantization: {dtype: 'uint8', min: -1, scale: 0.5}},
        {...bias, quantization: {dtype: 'uint16', min: 0, scale: 0.25}},
      ],
    };
    writeJson(json);
    const quantised = [0, 1, 2, 3, 4, 5, 8, 0, 0, 1];
    writeFileSync(inFolder('quantised.bin'), Uint8Array.from(quantised));
    const loaded = await tf.loadLayersModel(fileSystem(folder));
    expect(contents(loaded)).toEqual([
      [-1, -0.5, 0, 0.5, 1, 1.5],
      [2, 64],
    ]);
    loaded.dispose();
    writeFileSync(inFolder('quantised.bin'), Uint8Array.from(quantised.slice(1)));
    await expect(tf.loadLayersModel(fileSystem(folder))).rejects.toThrow(/9 bytes, expected 10/);
    model.dispose();
  });
});

describe('errors', () => {
  it('say which file is missing, broken or of the wrong size', async () => {
    const load = () => tf.loadLayersModel(fileSystem(folder));
    await expect(load()).rejects.toThrow(ModelFileError);
    await expect(load()).rejects.toThrow(/Cannot read the model file .*model\.json/);
    writeFileSync(inFolder('model.json'), '{"weightsManifest": [');
    await expect(load()).rejects.toThrow(/model\.json is no TensorFlow\.js model: it is not JSON/);
    const broken: [unknown, RegExp][] = [
      [null, /no modelTopology/],
      [{weightsManifest: []}, /no modelTopology/],
      [{modelTopology: {}}, /no weightsManifest/],
      [{modelTopology: {}, weightsManifest: [null]}, /without paths or weights/],
      [{modelTopology: {}, weightsManifest: [{paths: [1], weights: []}]}, /without paths or weights/],
    ];
    for (const [json, message] of broken) {
      writeJson(json as object);
      await expect(load()).rejects.toThrow(message);
    }
    const model = convolutional(1);
    await model.save(fileSystem(folder));
    const file = weightsFile();
    for (const size of [0, 1000, 27_244]) {
      writeFileSync(file, new Uint8Array(size));
      await expect(load()).rejects.toThrow(new RegExp(`${size} bytes, expected 27240.*${path.basename(file)}`));
    }
    rmSync(file);
    await expect(load()).rejects.toThrow(/Cannot read the model file .*weights\.[\da-f]+\.bin/);
    model.dispose();
  });

  it('leave the former model where the new one cannot be written', async () => {
    const model = small();
    await writeFileAtomic(inFolder('taken'), 'a file');
    await expect(model.save(fileSystem(inFolder('taken')))).rejects.toThrow(/Cannot save the model to .*taken/);
    await expect(model.save(fileSystem(inFolder('model.json')))).rejects.toThrow(/expected a folder/);
    const target = path.join(folder, 'model');
    mkdirSync(path.join(target, 'model.json'), {recursive: true});
    await expect(model.save(fileSystem(target))).rejects.toThrow(ModelFileError);
    expect(readdirSync(path.join(target)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    const specs = [{name: 'a', shape: [1], dtype: 'float32' as const}];
    await expect(fileSystem(folder).save?.({weightSpecs: specs})).rejects.toThrow(/without its weights/);
    expect(readdirSync(folder).sort()).toEqual(['model', 'taken']);
    model.dispose();
  });
});

describe('writeFileAtomic', () => {
  it('leaves the former file and nothing else where it cannot write', async () => {
    const taken = inFolder('taken');
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
