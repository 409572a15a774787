import {add, enableProdMode, engine, randomUniform, setBackend, type Tensor, tensor, tidy} from '@tensorflow/tfjs-core';
import {input, type LayersModel, layers as l, model, sequential} from '@tensorflow/tfjs-layers';
import {featureLevel, register} from 'mnist-wasm';
import {CompileError, compiledModel, compileModel, loaderSource, loaderTypes} from 'mnist-wasm/compile';
import {afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test} from 'vitest';

type Layer = InstanceType<typeof l.Layer>;

const one = (inputShape: number[], ...stack: Layer[]) => {
  const x = input({shape: inputShape});
  return model({inputs: x, outputs: stack.reduce((y, layer) => layer.apply(y) as typeof x, x)});
};
const merged = (layer: Layer) => {
  const inputs = [input({shape: [4, 3]}), input({shape: [4, 3]})];
  return model({inputs, outputs: layer.apply(inputs) as typeof inputs});
};
const IMAGE = [9, 9, 3];
const SERIES = [6, 5];
/** The default, orthogonal, needs chained operations of tfjs-core, which nothing here imports. */
const RECURRENT = {recurrentInitializer: 'glorotNormal' as const};

/** What every layer of tfjs-layers does in inference. */
const MODELS: Record<string, () => LayersModel> = {
  dense: () => one([7], l.dense({units: 5, activation: 'tanh'}), l.dense({units: 3, activation: 'softmax'})),
  'conv2d, batchNormalization, pooling': () =>
    one(
      [12, 12, 4],
      l.conv2d({filters: 8, kernelSize: 3, padding: 'same', activation: 'relu'}),
      l.batchNormalization({movingMeanInitializer: 'glorotNormal' as never}),
      l.maxPooling2d({poolSize: 2}),
      l.conv2d({filters: 5, kernelSize: 3, strides: 2}),
      l.averagePooling2d({poolSize: 2}),
      l.flatten(),
      l.dropout({rate: 0.5}),
      l.dense({units: 3}),
    ),
  'conv2d, dilated': () => one(IMAGE, l.conv2d({filters: 4, kernelSize: 3, dilationRate: 2})),
  conv1d: () => one(SERIES, l.conv1d({filters: 4, kernelSize: 3}), l.maxPooling1d({poolSize: 2})),
  conv3d: () => one([5, 5, 5, 2], l.conv3d({filters: 3, kernelSize: 2}), l.maxPooling3d({poolSize: 2})),
  depthwiseConv2d: () => one(IMAGE, l.depthwiseConv2d({kernelSize: 3, depthMultiplier: 2, activation: 'relu6'})),
  separableConv2d: () => one(IMAGE, l.separableConv2d({filters: 4, kernelSize: 3})),
  conv2dTranspose: () => one(IMAGE, l.conv2dTranspose({filters: 4, kernelSize: 3, strides: 2, padding: 'same'})),
  'upSampling2d, zeroPadding2d, cropping2D': () =>
    one(
      IMAGE,
      l.zeroPadding2d({padding: 1}),
      l.upSampling2d({size: [2, 2]}),
      l.cropping2D({
        cropping: [
          [1, 2],
          [0, 3],
        ],
      }),
    ),
  'global pooling': () =>
    one(
      IMAGE,
      l.conv2d({filters: 8, kernelSize: 1, activation: 'relu'}),
      l.globalAveragePooling2d({}),
      l.reshape({targetShape: [8, 1]}),
      l.globalMaxPooling1d(),
    ),
  globalAveragePooling1d: () => one(SERIES, l.globalAveragePooling1d()),
  globalMaxPooling2d: () => one(IMAGE, l.globalMaxPooling2d({})),
  layerNormalization: () => one([40], l.layerNormalization(), l.dense({units: 4, activation: 'elu'})),
  'reshape, permute, repeatVector': () =>
    one([6], l.repeatVector({n: 4}), l.permute({dims: [2, 1]}), l.reshape({targetShape: [3, 8]})),
  'leakyReLU, elu, prelu, thresholdedReLU, softmax': () =>
    one(
      [9],
      l.leakyReLU({alpha: 0.2}),
      l.elu(),
      l.prelu({alphaInitializer: 'glorotNormal'}),
      l.thresholdedReLU({theta: 0.1}),
      l.softmax(),
    ),
  activations: () =>
    one(
      [33],
      ...['hardSigmoid', 'linear', 'relu', 'selu', 'sigmoid', 'softplus', 'softsign', 'swish', 'mish', 'gelu'].map(
        (activation) => l.activation({activation: activation as 'relu'}),
      ),
    ),
  'embedding, GRU': () =>
    one(
      [5],
      l.embedding({inputDim: 1, outputDim: 6}),
      l.gru({units: 4, returnSequences: true, ...RECURRENT}),
      l.gru({units: 3, ...RECURRENT}),
    ),
  LSTM: () => one(SERIES, l.lstm({units: 4, returnSequences: true, ...RECURRENT}), l.lstm({units: 3, ...RECURRENT})),
  'masking, simpleRNN': () => one(SERIES, l.masking({maskValue: 0}), l.simpleRNN({units: 4, ...RECURRENT})),
  bidirectional: () =>
    one(SERIES, l.bidirectional({layer: l.lstm({units: 3, ...RECURRENT}) as never, mergeMode: 'concat'})),
  timeDistributed: () => one(SERIES, l.timeDistributed({layer: l.dense({units: 2})})),
  convLstm2d: () => one([3, 6, 6, 2], l.convLstm2d({filters: 3, kernelSize: 3, ...RECURRENT})),
  'noise and dropout': () =>
    one(SERIES, l.gaussianNoise({stddev: 1}), l.gaussianDropout({rate: 0.5}), l.alphaDropout({rate: 0.5})),
  add: () => merged(l.add()),
  multiply: () => merged(l.multiply()),
  average: () => merged(l.average()),
  maximum: () => merged(l.maximum()),
  minimum: () => merged(l.minimum()),
  concatenate: () => merged(l.concatenate()),
  dot: () => merged(l.dot({axes: 2})),
  'several outputs, a nested model': () => {
    const x = input({shape: [8]});
    const inner = sequential({layers: [l.dense({units: 6, inputShape: [8], activation: 'relu'}), l.dense({units: 4})]});
    const hidden = inner.apply(x) as typeof x;
    return model({
      inputs: x,
      outputs: [
        l.dense({units: 2}).apply(hidden) as typeof x,
        l.activation({activation: 'sigmoid'}).apply(hidden) as typeof x,
      ],
    });
  },
};

beforeAll(async () => {
  enableProdMode();
  await setBackend('mnist-wasm');
});

/** Disposed of after each test: variables are not in a scope. */
const built: LayersModel[] = [];
const kept = (model: LayersModel) => {
  built.push(model);
  return model;
};
beforeEach(() => engine().startScope());
afterEach(() => {
  engine().endScope();
  for (const model of built.splice(0)) model.dispose();
});

/** Batches of two that a model is tried on: what it was recorded with, and others. */
function* batches(shapes: number[][], isIndex: boolean): Generator<Tensor[]> {
  yield shapes.map((shape) => tidy(() => randomUniform(shape, 0, 0)));
  if (isIndex) return;
  for (const seed of [1, 2]) yield shapes.map((shape, i) => randomUniform(shape, -2, 2, 'float32', 10 * seed + i));
}

const bits = (values: Iterable<number>) => Array.from(new Uint32Array(Float32Array.from(values).buffer));

describe.each(Object.entries(MODELS))('%s', (name, build) => {
  test('has the bits of predict, as a module and in its own instance', {timeout: 60_000}, async () => {
    const original = kept(build());
    const level = featureLevel();
    const bytes = await compileModel(original, {batchSize: 2, level});
    const replayed = await compiledModel(original, {batchSize: 2, level});
    const module = await WebAssembly.compile(bytes as Uint8Array<ArrayBuffer>);
    expect(WebAssembly.Module.imports(module)).toEqual([]);
    const source = `data:text/javascript,${encodeURIComponent(loaderSource('model.wasm'))}`;
    const {load} = await import(/* @vite-ignore */ source);
    const loaded = await load(module);
    expect(loaded.inputShapes).toEqual(replayed.inputShapes);
    for (const xs of batches(loaded.inputShapes, name.includes('embedding'))) {
      const expected = [original.predict(xs.length === 1 ? xs[0] : xs)].flat();
      const values = await Promise.all(xs.map((x) => x.data()));
      for (const compiled of [loaded, replayed]) {
        const found = [compiled.predict(...values)].flat();
        for (const [i, y] of expected.entries()) expect(bits(found[i])).toEqual(bits(await y.data()));
      }
    }
    // The weights are where they were.
    for (const weight of original.getWeights()) expect((await weight.data()).length).toBe(weight.size);
  });
});

test('other lengths, counts and indices are refused', async () => {
  const compiled = await compiledModel(kept(one([3], l.embedding({inputDim: 4, outputDim: 2}))));
  expect(compiled.predict([0, 3, 1])).toHaveLength(6);
  expect(() => compiled.predict([0, 4, 1])).toThrow(/an index that is in no embedding/);
  expect(() => compiled.predict([0, 3])).toThrow("the input 'input");
  expect(() => compiled.predict()).toThrow('0 inputs were given; expected 1');
  expect(compiled.predict([0, 3, 1])).toHaveLength(6);
});

test('a model that cannot be recorded is refused by the layer', async () => {
  const sized = kept(one([4], l.dense({units: 2})));
  const [dense] = sized.layers.slice(-1);
  const {call} = dense;
  dense.call = (inputs, kwargs) => {
    const y = call.call(dense, inputs, kwargs) as Tensor;
    return tensor(y.arraySync() as number[][]);
  };
  await expect(compileModel(sized)).rejects.toThrow(/the layer 'dense.*\(Dense\) cannot be compiled: .*needs a value/);
  // Not that of the class.
  await expect(compileModel(sized)).rejects.toThrow('needs a value');
  await expect(compileModel(sized, {batchSize: 0})).rejects.toThrow(CompileError);
  await expect(compileModel(kept(one([null as never, 4], l.gru({units: 2, ...RECURRENT}))))).rejects.toThrow(
    'whose dimensions are known',
  );
});

test('a model that has no room beside itself keeps its weights', async () => {
  const large = kept(one([700], l.dense({units: 700, useBias: false})));
  const [before] = await Promise.all(large.getWeights().map((weight) => weight.data()));
  register({maxHeapBytes: 2 ** 20});
  onTestFinished(() => register());
  await expect(compileModel(large)).rejects.toThrow('out of memory');
  expect(await large.getWeights()[0].data()).toEqual(before);
});

test('a model is compiled by the Binaryen that is given', async () => {
  const {default: binaryen} = await import('binaryen');
  let read = 0;
  const counting = Object.assign(Object.create(binaryen) as typeof binaryen, {
    readBinary: (bytes: Uint8Array) => {
      read++;
      return binaryen.readBinary(bytes);
    },
  });
  const dense = kept(one([3], l.dense({units: 2})));
  expect(await compileModel(dense, {binaryen: counting})).toEqual(await compileModel(dense));
  expect(read).toBe(1);
});

test('what a layer reads of its input in JavaScript is no constant', async () => {
  class Reads extends l.Layer {
    static className = 'Reads';
    override call(inputs: Tensor | Tensor[]): Tensor {
      const [x] = [inputs].flat();
      return add(x, x.dataSync()[0]);
    }
  }
  await expect(compileModel(kept(one([3], new Reads({}))))).rejects.toThrow(/'reads.*' \(Reads\) cannot be compiled/);
});

test('a stateful layer is refused, and the model goes on', async () => {
  const stateful = kept(
    sequential({layers: [l.simpleRNN({units: 2, batchInputShape: [1, 3, 2], stateful: true, ...RECURRENT})]}),
  );
  const xs = randomUniform([1, 3, 2]);
  stateful.predict(xs);
  await expect(compileModel(stateful)).rejects.toThrow(/\(SimpleRNN\) is stateful/);
  await expect(compiledModel(stateful)).rejects.toThrow(CompileError);
  expect((stateful.predict(xs) as Tensor).shape).toEqual([1, 2]);
  const [{states}] = stateful.layers as unknown as {states: Tensor[]}[];
  for (const state of states) state.dispose();
});

test('a program has all of the memory that its steps use, also where the allocator has merged free blocks', async () => {
  const net = kept(
    one(
      [28, 28, 1],
      l.conv2d({filters: 6, kernelSize: 5, padding: 'same', activation: 'relu'}),
      l.maxPooling2d({poolSize: 2}),
      l.conv2d({filters: 16, kernelSize: 5, activation: 'relu'}),
      l.maxPooling2d({poolSize: 2}),
      l.flatten(),
      l.dense({units: 10}),
    ),
  );
  const batchSize = 3000;
  const xs = randomUniform([batchSize, 28, 28, 1]);
  const expected = (net.predict(xs, {batchSize}) as Tensor).dataSync();
  const fast = await compiledModel(net, {batchSize});
  expect(fast.predict(xs.dataSync())).toEqual(expected);
});

test.each([
  [{level: 'avx' as never}, "the option 'level' is 'avx'; expected one of: simd, relaxed"],
  [{weights: 'int4' as never}, "weights: expected one of float32, float16, int8, got the string 'int4'"],
])('%o is refused', async (options, message) => {
  await expect(compileModel(kept(one([3], l.dense({units: 2}))), options)).rejects.toThrow(message);
});

test('a file name neither ends a comment nor breaks the address', () => {
  for (const text of [loaderSource('a\n*/ #1 %20.wasm'), loaderTypes('a\n*/ #1 %20.wasm')]) {
    expect(text.split('\n')[0]).toMatch(/a {3}#1 %20\.wasm: a model that mnist-wasm compiled/);
  }
  expect(loaderSource('my #1.wasm')).toContain('new URL("./my%20%231.wasm", import.meta.url)');
});
