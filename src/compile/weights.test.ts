import {enableProdMode, setBackend, tensor, tidy} from '@tensorflow/tfjs-core';
import {layers, sequential} from '@tensorflow/tfjs-layers';
import {beforeAll, expect, test} from 'vitest';
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
    const bytes = await compileModel(model, {weights});
    const {exports} = (await WebAssembly.instantiate(bytes as Uint8Array<ArrayBuffer>)).instance;
    const {memory, predict, input_0, output_0} = exports as {
      memory: WebAssembly.Memory;
      predict(): number;
    } & Record<'input_0' | 'output_0', WebAssembly.Global<'i32'>>;
    new Float32Array(memory.buffer, input_0.value, 1).set([1]);
    expect(predict()).toBe(0);
    return [...new Float32Array(memory.buffer, output_0.value, values.length)];
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
