import {enableProdMode, setBackend, type Tensor, tensor, tidy} from '@tensorflow/tfjs-core';
import {initializers, layers, sequential} from '@tensorflow/tfjs-layers';
import {beforeAll, describe, expect, test} from 'vitest';
import 'mnist-wasm';
import {compileModel, type WeightFormat} from 'mnist-wasm/compile';

beforeAll(async () => {
  enableProdMode();
  await setBackend('mnist-wasm');
});

/** The weights as a module has them: the outputs of one row of them for an input of 1. */
async function unpacked(values: number[], weights: WeightFormat): Promise<number[]> {
  const row = Array.from({length: 512}, (_, i) => values[i] ?? 0);
  const model = sequential({layers: [layers.dense({inputShape: [1], units: row.length, useBias: false})]});
  try {
    tidy(() => model.setWeights([tensor([row])]));
    return [...(await predicted(await compileModel(model, {weights}), Float32Array.of(1), row.length))].slice(
      0,
      values.length,
    );
  } finally {
    model.dispose();
  }
}

test('float16 is the nearest, ties to even, subnormal numbers too', async () => {
  const pairs = [
    [1 / 3, 0.333251953125],
    [-1 / 3, -0.333251953125],
    [65504, 65504],
    [1 + 2 ** -11, 1],
    [1 + 3 * 2 ** -11, 1 + 2 ** -9],
    [2 ** -14, 2 ** -14],
    [2 ** -24, 2 ** -24],
    [2 ** -25, 0],
    [3 * 2 ** -25, 2 ** -23],
    [2 ** -30, 0],
  ];
  const found = await unpacked(
    pairs.map(([value]) => value),
    'float16',
  );
  expect(found).toEqual(pairs.map(([, nearest]) => nearest));
});

test('int8 has a scale for each output channel', async () => {
  const values = [0.5, -3, 1e-6, 0, 65504];
  const found = await unpacked(values, 'int8');
  for (const [i, value] of values.entries())
    expect(Math.abs(found[i] - value)).toBeLessThanOrEqual(1e-6 * Math.abs(value));
});

test('a weight that float16 does not have is refused', async () => {
  await expect(unpacked([65536], 'float16')).rejects.toThrow('a weight is 65536; as float16 it can be 65504 at most');
  await expect(unpacked([Number.NaN], 'float16')).rejects.toThrow('a weight is NaN');
});

/** Layers whose kernels keep something between calls, or end in tiles that are not whole. */
const networks = {
  'dense of 10, sigmoid': () => [layers.dense({inputShape: [128], units: 10, activation: 'sigmoid', ...initial(1)})],
  'dense of 11, softmax': () => [layers.dense({inputShape: [128], units: 11, activation: 'softmax', ...initial(2)})],
  conv2d: () => [
    layers.conv2d({inputShape: [9, 9, 5], filters: 7, kernelSize: 3, activation: 'tanh', ...initial(3)}),
    layers.depthwiseConv2d({kernelSize: 3, depthMultiplier: 5, depthwiseInitializer: normal(4)}),
    layers.flatten(),
    layers.dense({units: 3, ...initial(5)}),
  ],
  'conv2d by minimal filtering': () => [
    layers.conv2d({inputShape: [12, 12, 8], filters: 16, kernelSize: 3, padding: 'same' as const, ...initial(6)}),
  ],
  simpleRNN: () => [layers.simpleRNN({inputShape: [5, 30], units: 20, recurrentInitializer: normal(8), ...initial(7)})],
  gru: () => [layers.gru({inputShape: [5, 30], units: 8, recurrentInitializer: normal(10), ...initial(9)})],
  lstm: () => [layers.lstm({inputShape: [5, 30], units: 20, recurrentInitializer: normal(12), ...initial(11)})],
};

function normal(seed: number) {
  return initializers.randomNormal({seed, stddev: 0.2});
}

function initial(seed: number) {
  return {kernelInitializer: normal(seed), biasInitializer: normal(seed + 50)};
}

describe.each(Object.entries(networks))('%s', (_, create) => {
  test.each([1, 3])('predicts in batches of %i what the model does, but for the weights', async (batchSize) => {
    const model = sequential({layers: create()});
    const [, ...shape] = model.inputs[0].shape as number[];
    const size = batchSize * shape.reduce((product, side) => product * side, 1);
    const x = Float32Array.from({length: size}, (_, i) => Math.sin(i * 1.7));
    const expected = tidy(() => (model.predict(tensor(x, [batchSize, ...shape])) as Tensor).dataSync<'float32'>());
    const scale = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    for (const [weights, tolerance] of [
      ['float16', 2e-3],
      ['int8', 3e-2],
    ] as const) {
      const found = await predicted(await compileModel(model, {weights, batchSize}), x, expected.length);
      const worst = found.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i])), 0);
      expect(worst / scale, weights).toBeLessThan(tolerance);
      expect(worst, weights).toBeGreaterThan(0);
    }
    model.dispose();
  });
});

async function predicted(bytes: Uint8Array<ArrayBuffer>, x: Float32Array, outputs: number): Promise<Float32Array> {
  const {exports} = (await WebAssembly.instantiate(bytes)).instance;
  const {memory, predict, input_0, output_0} = exports as unknown as {
    memory: WebAssembly.Memory;
    predict(): number;
  } & Record<'input_0' | 'output_0', WebAssembly.Global<'i32'>>;
  new Float32Array(memory.buffer, input_0.value, x.length).set(x);
  expect(predict()).toBe(0);
  return new Float32Array(memory.buffer, output_0.value, outputs);
}
