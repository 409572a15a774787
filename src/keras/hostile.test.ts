import {memory, setBackend} from '@tensorflow/tfjs-core';
import {layers as L, sequential} from '@tensorflow/tfjs-layers';
import {strToU8, zipSync} from 'fflate';
import 'mnist-wasm';
import {KerasError, loadKeras, loadKerasWeights} from 'mnist-wasm/keras';
import {beforeAll, describe, expect, it} from 'vitest';
import {bitsOf, discard, fixture, hdf5} from './fixtures/files';

beforeAll(async () => {
  await setBackend('mnist-wasm');
});

const dense = (units: number, inputs: number, config: object = {}) => ({
  class_name: 'Dense',
  config: {name: 'd', units, use_bias: false, batch_input_shape: [null, inputs], ...config},
});
const sequentialOf = (...layers: object[]) => ({class_name: 'Sequential', config: {name: 's', layers}});
const withConfig = (config: unknown) =>
  hdf5((root) => root.create_attribute('model_config', typeof config === 'string' ? config : JSON.stringify(config)));

/** A whole file of Keras 3 for one dense layer of 2 x 3; `fill` adds to its weights. */
async function archive(fill: Parameters<typeof hdf5>[0] = () => {}, config: unknown = sequentialOf(dense(2, 3))) {
  const weights = await hdf5((root) => {
    const vars = root.create_group('layers').create_group('dense').create_group('vars');
    vars.create_dataset({name: '0', data: Float32Array.of(1, 2, 3, 4, 5, 6), shape: [3, 2], dtype: '<f4'});
    fill(root);
  });
  return {
    'metadata.json': strToU8('{"keras_version": "3.8.0"}'),
    'config.json': strToU8(JSON.stringify(config)),
    'model.weights.h5': weights,
  };
}

async function refusal(file: Uint8Array): Promise<string> {
  const before = memory();
  const error = await loadKeras(file).then(
    () => 'loaded',
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(KerasError);
  expect(memory().numTensors).toBe(before.numTensors);
  return error.message;
}

describe('a .keras file', () => {
  it('is refused where a bit of it is not as it was written', async () => {
    const files = await archive();
    for (const level of [0, 6] as const) {
      const whole = zipSync(files, {level});
      const loaded = await loadKeras(whole);
      loaded.dispose();
      // 1 becomes 1.5, in the middle of what the zip holds.
      const flipped = whole.slice();
      const weights = Buffer.from(whole).indexOf('model.weights.h5');
      const at =
        level === 0 ? Buffer.from(whole).indexOf(Buffer.from(Float32Array.of(1, 2, 3).buffer)) + 2 : weights + 200;
      flipped[at] ^= 0x40;
      expect(await refusal(flipped)).toMatch(/truncated or damaged: model\.weights\.h5/);
    }
  });

  it('is refused where its directory and its parts do not agree', async () => {
    const files = await archive();
    const whole = zipSync(files, {level: 0});
    const named = whole.slice();
    // A header's time of day may have any byte: by the whole name.
    named[Buffer.from(whole).indexOf('metadata.json')] = 'n'.charCodeAt(0);
    expect(await refusal(named)).toMatch(/metadata\.json has another name/);
    const twice = Buffer.from(zipSync({...files, 'config.jsoo': files['config.json']}, {level: 0}));
    for (let at = twice.indexOf('config.jsoo'); at >= 0; at = twice.indexOf('config.jsoo')) twice.write('n', at + 10);
    expect(await refusal(new Uint8Array(twice))).toMatch(/config\.json 2 times/);
  });

  it('is not unzipped where it is a bomb, and maxBytes raises the limit', async () => {
    const bomb = zipSync({...(await archive()), 'model.weights.h5': new Uint8Array(2 ** 26 + 1)});
    expect(bomb.length).toBeLessThan(200_000);
    const {arrayBuffers} = process.memoryUsage();
    expect(await refusal(bomb)).toMatch(/would take 67\.1 MB, and the limit for this file is 67\.1 MB.*maxBytes/);
    expect(process.memoryUsage().arrayBuffers - arrayBuffers).toBeLessThan(2 ** 24);
    await expect(loadKeras(bomb, {maxBytes: 2 ** 27})).rejects.toThrow(/HDF5 file is truncated or damaged/);
    const model = sequential({layers: [L.dense({units: 2, inputShape: [3]})]});
    await expect(loadKerasWeights(model, bomb)).rejects.toThrow(/maxBytes/);
    model.dispose();
    await expect(loadKeras(bomb, {maxBytes: -1})).rejects.toThrow(
      /maxBytes: expected a number of bytes above 0, got -1/,
    );
  });
});

describe('HDF5', () => {
  it('may have groups that stand within themselves', async () => {
    const files = await archive((root) => root.create_hard_link('/layers', '/layers/dense/again'));
    const model = await loadKeras(zipSync(files));
    expect(model.weights).toHaveLength(1);
    model.dispose();
    const more = await archive((root) => {
      root.create_hard_link('/layers', '/layers/circle');
      root
        .create_group('layers/dense_1')
        .create_group('vars')
        .create_dataset({name: '0', data: Float32Array.of(1)});
    });
    expect(await refusal(zipSync(more))).toMatch(/no place for:\n {2}layers\/dense_1\/vars\/0/);
  });

  it('takes no memory for what it claims: a model of 400 MB in 6 kB', async () => {
    const {heapBytes} = memory() as unknown as {heapBytes: number};
    const config = sequentialOf(dense(10_000, 10_000));
    const weights = await hdf5((root) => {
      root.create_attribute('model_config', JSON.stringify(config));
      const vars = root.create_group('model_weights');
      vars.create_attribute('layer_names', ['d'], [1], 'S1');
      const layer = vars.create_group('d');
      layer.create_attribute('weight_names', ['k'], [1], 'S1');
      // Nothing is written to its chunks: they have no place in the file.
      layer.create_dataset({
        name: 'k',
        data: new Float32Array(1),
        shape: [1, 1],
        maxshape: [10_000, 10_000],
        chunks: [100, 100],
        dtype: '<f4',
      });
      (layer.get('k') as unknown as {resize(shape: number[]): void}).resize([10_000, 10_000]);
    });
    expect(weights.length).toBeLessThan(60_000);
    expect(await refusal(weights)).toMatch(/model's weights would take 400 MB, .* 67\.1 MB/);
    // Nor where the model is another.
    const model = sequential({layers: [L.dense({units: 2, inputShape: [3], useBias: false, name: 'd'})]});
    const {external} = process.memoryUsage();
    await expect(loadKerasWeights(model, weights)).rejects.toThrow(/d\/k is \[10000,10000\], .* is \[3,2\]/);
    expect(process.memoryUsage().external - external).toBeLessThan(2 ** 26);
    expect((memory() as unknown as {heapBytes: number}).heapBytes - heapBytes).toBeLessThan(1000);
    model.dispose();
  });

  it('is as good after 60 damaged files as before', async () => {
    const whole = fixture('convolutions.h5');
    // The number of a string in the heap that all of them are in: HDF5 finds none.
    const damaged = whole.slice();
    const at = Buffer.from(damaged).indexOf('{"');
    damaged[at - 16] ^= 0x40;
    for (let i = 0; i < 60; i++) await expect(loadKeras(damaged)).rejects.toBeInstanceOf(KerasError);
    const broken = loadKeras(damaged).catch((error) => error);
    const [first, second] = await Promise.all([loadKeras(whole), loadKeras(whole), broken]);
    expect(await broken).toBeInstanceOf(KerasError);
    expect(bitsOf(first)).toEqual(bitsOf(second));
    for (const model of [first, second]) discard(model);
  });

  it('takes no memory for what a string claims', async () => {
    const damaged = Buffer.from(fixture('convolutions.h5'));
    // training_config: its length, the address of the heap, and its number there.
    const record = Buffer.alloc(16);
    record.writeUInt32LE(740, 0);
    record.writeUInt32LE(2048, 4);
    record.writeUInt32LE(4, 12);
    const at = damaged.indexOf(record);
    expect(at).toBeGreaterThan(0);
    damaged.writeUInt32LE(1.6e9, at);
    const {rss} = process.memoryUsage();
    expect(await refusal(damaged)).toMatch(/memory/);
    expect(process.memoryUsage().rss - rss).toBeLessThan(2 ** 28);
  });

  it('is refused where its strings would never end', async () => {
    const damaged = fixture('convolutions.h5');
    const heap = Buffer.from(damaged).indexOf('GCOL');
    damaged.fill(0, heap + 64, heap + 128);
    expect(await refusal(damaged)).toMatch(/truncated or damaged: object 0 of its strings is 0 bytes long/);
  });
});

describe('a configuration', () => {
  const nested = (levels: number) => `${'['.repeat(levels)}1${']'.repeat(levels)}`;

  it.each<[string, unknown, RegExp]>([
    ['arrays 100,000 deep', `{"class_name": "Sequential", "config": ${nested(100_000)}}`, /more than 500 levels deep/],
    ['no config', {class_name: 'Sequential'}, /no layers|damaged/],
    ['null for a config', {class_name: 'Functional', config: null}, /no layers|damaged/],
    ['layers without a config', sequentialOf({class_name: 'Dense'}), /Dense|no input shape/],
    [
      'an activation called constructor',
      sequentialOf(dense(2, 3, {activation: 'constructor'})),
      /activation "constructor"/,
    ],
    ['an activation called __proto__', sequentialOf(dense(2, 3, {activation: '__proto__'})), /activation "__proto__"/],
    [
      'an initializer called toString',
      sequentialOf(dense(2, 3, {kernel_initializer: 'toString'})),
      /initializer ToString/,
    ],
    ['a class called constructor', sequentialOf({class_name: 'constructor', config: {}}), /no such layer/],
    ['a dtype called valueOf', sequentialOf(dense(2, 3, {dtype: 'valueOf'})), /dtype valueOf/],
    [
      'a number in place of a layer',
      sequentialOf(dense(2, 3), {class_name: 'RNN', config: {cells: [1], cell: 2}}),
      /RNN/,
    ],
    ['units of 1e12', sequentialOf(dense(1e12, 3)), /would take 1[12],\d{3},\d{3} MB|length|allocation/],
  ])('is one clear error: %s', async (_, config, message) => {
    expect(await refusal(await withConfig(config))).toMatch(message);
  });

  it('is refused where layers wait for each other', async () => {
    const call = (name: string) => [[[name, 0, 0, {}]]];
    const layer = (name: string, from: string) => ({
      class_name: 'Dense',
      name,
      config: {name, units: 2},
      inbound_nodes: call(from),
    });
    const functional = (...layers: object[]) => ({
      class_name: 'Functional',
      config: {
        name: 'f',
        layers: [
          {class_name: 'InputLayer', name: 'x', config: {name: 'x', batch_input_shape: [null, 2]}, inbound_nodes: []},
          ...layers,
        ],
        input_layers: [['x', 0, 0]],
        output_layers: [['a', 0, 0]],
      },
    });
    const circle = functional(layer('a', 'b'), layer('b', 'a'));
    expect(await refusal(await withConfig(circle))).toMatch(/layer "a" is called with what "b" gives/);
    expect(await refusal(await withConfig(functional(layer('a', 'toString'))))).toMatch(/with what "toString" gives/);
    const within = sequentialOf({class_name: 'TimeDistributed', config: {name: 't', layer: circle}});
    expect(await refusal(await withConfig(within))).toMatch(/configuration of f is damaged/);
  });

  it('is read where it is nested 400 levels deep', async () => {
    const config = {...sequentialOf(dense(2, 3)), extra: JSON.parse(nested(400))};
    const files = await archive(undefined, config);
    (await loadKeras(zipSync(files))).dispose();
  });
});

it('an unfinished string in a configuration is found at once', async () => {
  const started = performance.now();
  expect(await refusal(await withConfig(`{"a": "${'\\"'.repeat(100_000)}\\`))).toMatch(/model_config is not JSON/);
  expect(performance.now() - started).toBeLessThan(5000);
});

it.each<[string, unknown]>([
  ['names that every object has', 'constructor'],
  ['names that every object has', '__proto__'],
  ['names that every object has', 'toString'],
  ['losses of other outputs', {other: 'mse'}],
  ['more losses than outputs', ['mse', 'mse']],
  ['none of its losses', []],
])('a training configuration with %s leaves the model uncompiled', async (_, loss) => {
  const name = String(loss);
  const compile = {loss, optimizer: {class_name: 'SGD', config: {learning_rate: 0.1}}, metrics: [name]};
  const loaded = await loadKeras(
    zipSync(await archive(undefined, {...sequentialOf(dense(2, 3)), compile_config: compile})),
  );
  expect(loaded.loss).toBeUndefined();
  loaded.dispose();
});
