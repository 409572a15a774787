import {enableProdMode, removeBackend, setBackend, type Tensor, tensor, tidy} from '@tensorflow/tfjs-core';
import {input, type LayersModel, layers as l, model, sequential} from '@tensorflow/tfjs-layers';
import {type FeatureLevel, featureLevel, register} from 'mnist-wasm';
import {compiledModel, compileModel, loaderSource, type WeightFormat} from 'mnist-wasm/compile';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Step} from '../backend/step';
import {numbers} from '../internal';
import {usePanels} from './panels';
import type {Program, Weight} from './program';

const BATCH_OF_ONE = {batchSize: 1};

async function useLevel(level: FeatureLevel) {
  const before = featureLevel();
  removeBackend('mnist-wasm');
  register({features: level});
  await setBackend('mnist-wasm');
  expect(featureLevel()).toBe(level);
  return before;
}

beforeAll(async () => {
  enableProdMode();
  await setBackend('mnist-wasm');
});

type Activation = 'linear' | 'relu' | 'tanh' | 'softmax';

const dense = (inputs: number, units: number, activation: Activation = 'linear', useBias = true) =>
  sequential({
    layers: [l.dense({inputShape: [inputs], units, activation, useBias, biasInitializer: 'glorotNormal' as never})],
  });

/** Biases too, which tfjs's initialisers leave at zero. */
function withNumbers<T extends LayersModel>(model: T): T {
  const weights = model.getWeights().map(({shape, size}, i) => tidy(() => tensor(numbers(size, i + 2), shape)));
  model.setWeights(weights);
  for (const weight of weights) weight.dispose();
  return model;
}

async function load(model: LayersModel, options: Parameters<typeof compileModel>[1]) {
  const bytes = await compileModel(model, options);
  const source = `data:text/javascript,${encodeURIComponent(loaderSource('model.wasm'))}`;
  const {load} = await import(/* @vite-ignore */ source);
  const {exports} = await WebAssembly.instantiate(await WebAssembly.compile(bytes as Uint8Array<ArrayBuffer>));
  const {predict} = await load(bytes);
  return {predict: predict as (x: Float32Array) => Float32Array, memory: exports.memory as WebAssembly.Memory};
}

const bits = (values: Iterable<number>) => Array.from(new Uint32Array(Float32Array.from(values).buffer));

async function expectBitsOfPredict(original: LayersModel, xs: Float32Array[], batchSize = 1) {
  const options = {batchSize, level: featureLevel()};
  const compiled = [await load(original, options), await compiledModel(original, options)];
  for (const x of xs) {
    const expected = tidy(() => {
      const shape = [batchSize, ...original.inputs[0].shape.slice(1)] as number[];
      return (original.predict(tensor(x, shape)) as Tensor).dataSync();
    });
    for (const {predict} of compiled) expect(bits(predict(x) as Float32Array)).toEqual(bits(expected));
  }
}

describe.each(['simd', 'relaxed'] as const)('at the level %s', (level) => {
  let before: FeatureLevel;
  beforeAll(async () => {
    before = (await useLevel(level)) as FeatureLevel;
  });
  afterAll(() => useLevel(before));

  test.each([
    [66_000, 1, 'linear', true],
    [22_001, 3, 'relu', true],
    [1_400, 48, 'linear', true],
    [1_401, 50, 'tanh', true],
    [341, 200, 'softmax', true],
    [691, 97, 'relu', false],
    [1_640, 40, 'linear', false],
    [9_401, 7, 'softmax', false],
  ] as const)('%i inputs to %i units, %s, bias: %s', async (inputs, units, activation, useBias) => {
    const original = withNumbers(dense(inputs, units, activation, useBias));
    const special = numbers(inputs, 5);
    special[inputs >> 1] = Number.NaN;
    const infinite = numbers(inputs, 6);
    infinite[0] = Number.POSITIVE_INFINITY;
    try {
      await expectBitsOfPredict(original, [numbers(inputs, 7), special, infinite, new Float32Array(inputs)]);
    } finally {
      original.dispose();
    }
  });

  test('a layer that is used twice, a batch of two, and a weight that is read otherwise too', async () => {
    const shared = l.dense({units: 262, activation: 'tanh'});
    const x = input({shape: [262]});
    const twice = model({inputs: x, outputs: shared.apply(shared.apply(x)) as typeof x});
    const steps = input({shape: [3, 21]});
    const recurrent = model({
      inputs: steps,
      outputs: l
        .gru({units: 20, recurrentInitializer: 'glorotNormal', kernelInitializer: 'glorotNormal'})
        .apply(steps) as typeof x,
    });
    const [kernel] = shared.getWeights();
    expect(kernel.shape).toEqual([262, 262]);
    try {
      await expectBitsOfPredict(withNumbers(twice), [numbers(262, 3)]);
      await expectBitsOfPredict(twice, [numbers(524, 3)], 2);
      await expectBitsOfPredict(recurrent, [numbers(63, 3)]);
    } finally {
      twice.dispose();
      // A layer that was applied twice is in use still.
      for (const weight of shared.weights) weight.dispose();
      recurrent.dispose();
    }
  });
});

/** What is in the memory of a module: the column of each weight of the first row, in the order in which they lie there. */
async function columnsInMemory(batchSize: number): Promise<number[]> {
  const [inputs, units] = [608, 108];
  const original = dense(inputs, units, 'linear', false);
  const values = Float32Array.from({length: inputs * units}, (_, i) => i + 1000.5);
  tidy(() => original.setWeights([tensor(values, [inputs, units])]));
  try {
    const {memory} = await load(original, {batchSize});
    const floats = new Float32Array(memory.buffer);
    const order = [...floats].filter((value) => value >= 1000.5 && value < 1000.5 + values.length && value % 1 === 0.5);
    expect(order).toHaveLength(values.length);
    expect([...(original.getWeights()[0].dataSync() as Float32Array)]).toEqual([...values]);
    return order.map((value) => value - 1000.5);
  } finally {
    original.dispose();
  }
}

test('for a batch of one a weight lies in panels in the memory, and for one of two as it was', async () => {
  const range = (start: number, end: number) => Array.from({length: end - start}, (_, i) => start + i);
  const panel = (first: number, end: number) =>
    range(0, 608).flatMap((row) => range(row * 108 + first, row * 108 + end));
  const expected = [...panel(0, 48), ...panel(48, 96), ...panel(96, 104), ...panel(104, 108)];
  expect(await columnsInMemory(BATCH_OF_ONE.batchSize)).toEqual(expected);
  expect(await columnsInMemory(2)).toEqual(range(0, 608 * 108));
});

test.each([
  ['float16', 2 ** -11],
  ['int8', 1 / 254],
] as [WeightFormat, number][])('%s keeps each weight as near as it can', async (weights, error) => {
  const [inputs, units] = [610, 109];
  const original = withNumbers(dense(inputs, units, 'linear', false));
  const kernel = original.getWeights()[0].dataSync();
  // Columns that differ much, each with a scale of its own.
  const scaled = Float32Array.from(kernel, (value, i) => value * 2 ** -((i % units) % 9));
  tidy(() => original.setWeights([tensor(scaled, [inputs, units])]));
  try {
    const {predict} = await load(original, {weights});
    for (let row = 0; row < inputs; row++) {
      const found = predict(Float32Array.from({length: inputs}, (_, i) => (i === row ? 1 : 0)));
      const expected = scaled.subarray(row * units, (row + 1) * units);
      found.forEach((value, j) => {
        expect(Math.abs(value - expected[j])).toBeLessThanOrEqual(error * 1.001 * 2 ** -(j % 9));
      });
      expect([...found]).not.toEqual([...expected]);
    }
  } finally {
    original.dispose();
  }
});

describe('the steps of a program', () => {
  const [X, W, BIAS, Y] = [8192, 9216, 10240, 11264];
  const [N, K] = [10, 3];
  const weight: Weight = {offset: W, elements: N * K, columns: N, tensorElements: N * K};
  const gemm = (changes: Record<number, number> = {}): Step => {
    const numbers = [X, W, Y, 1, N, K, 0, 0, BIAS, 0];
    for (const [i, value] of Object.entries(changes)) numbers[Number(i)] = value;
    return {kind: 'call', name: 'gemm_f32', numbers, result: undefined};
  };
  const programOf = (...steps: Step[]): Program => {
    const image = new Uint8Array(16384);
    new Float32Array(image.buffer, W, N * K).set(Array.from({length: N * K}, (_, i) => i));
    const port = {name: 'x', dtype: 'float32' as const};
    return {
      level: 'simd',
      kernels: {bytes: new Uint8Array()} as never,
      inputs: [{...port, shape: [1, K], offset: X}],
      outputs: [{...port, shape: [1, N], offset: Y}],
      steps,
      image,
      weights: [weight],
      heapBase: 4096,
      end: 16384,
    };
  };
  const call = (name: string, ...numbers: number[]): Step => ({kind: 'call', name, numbers, result: undefined});
  const write = (...words: number[]): Step => ({
    kind: 'write',
    offset: 1024,
    content: new Uint8Array(Int32Array.from(words).buffer),
  });

  test('have the new call, and the image and the weights its panels', () => {
    const program = programOf(gemm(), call('relu_f32', Y, Y, N), gemm({0: Y, 2: X}));
    const before = program.image.slice();
    const {steps, image, weights} = usePanels(program, 0);
    expect(steps).toEqual([
      call('row_times_panels_f32', X, W, Y, N, K, BIAS),
      program.steps[1],
      call('row_times_panels_f32', Y, W, X, N, K, BIAS),
    ]);
    expect(weights).toEqual([
      {offset: W, elements: 24, columns: 8, tensorElements: 30},
      {offset: W + 96, elements: 6, columns: 2, tensorElements: 30},
    ]);
    const row = (first: number, count: number) => Array.from({length: count}, (_, i) => first + i);
    expect([...new Float32Array(image.buffer, W, N * K)]).toEqual(
      [row(0, 8), row(10, 8), row(20, 8), row(8, 2), row(18, 2), row(28, 2)].flat(),
    );
    expect(program.image).toEqual(before);
  });

  test.each<[string, Step[]]>([
    ['no product', []],
    ['two rows', [gemm({3: 2})]],
    ['a transposed matrix', [gemm({4: K, 5: N, 7: 1})]],
    ['another shape', [gemm({4: K, 5: N})]],
    ['some of the rows', [gemm({5: 2})]],
    ['a part of the matrix', [gemm({1: W + 40, 5: 2})]],
    ['the matrix as the bias too', [gemm({8: W})]],
    ['another reader', [gemm(), call('add_f32', W, X, Y, N * K)]],
    ['a reader of its end', [call('slice_numbers', W + 80, Y), gemm()]],
    ['a writer of it', [gemm(), {kind: 'write', offset: W + 4, content: new Uint8Array(4)}]],
    ['a list that has its address', [gemm(), write(1, W, 40), call('concat', 1024, 2, Y)]],
  ])('stay as they are with %s', (_, steps) => {
    const program = programOf(...steps);
    expect(usePanels(program, 0)).toEqual(program);
  });

  test('stay as they are where the weight is small', () => {
    const program = programOf(gemm());
    expect(usePanels(program)).toEqual(program);
  });

  test('stay as they are where the weight is an output, or two weights', () => {
    const asOutput = programOf(gemm());
    asOutput.outputs.push({...asOutput.outputs[0], offset: W});
    expect(usePanels(asOutput, 0)).toEqual(asOutput);
    const twice = programOf(gemm());
    twice.weights.push({...weight, columns: 30});
    expect(usePanels(twice, 0)).toEqual(twice);
  });
});
