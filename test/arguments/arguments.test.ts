/** What the libraries say where they are called with something else than their types allow, as from JavaScript. */
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {dispose, setBackend, type Tensor, zeros} from '@tensorflow/tfjs-core';
import 'mnist-wasm';
import {layers, type Sequential, sequential} from '@tensorflow/tfjs-layers';
import * as compile from 'mnist-wasm/compile';
import * as keras from 'mnist-wasm/keras';
import * as mnist from 'mnist-wasm/mnist';
import * as node from 'mnist-wasm/node';
import * as training from 'mnist-wasm/training';
import {afterAll, beforeAll, expect, it} from 'vitest';

/** Of a kind each; no argument takes all of them. */
const VALUES: Record<string, unknown> = {
  undefined: undefined,
  null: null,
  number: 3,
  negative: -1,
  NaN: Number.NaN,
  string: 'big',
  empty: '',
  boolean: true,
  object: {},
  array: [],
  function: () => 1,
  symbol: Symbol('s'),
  bytes: new Uint8Array(0),
};
type Kind = keyof typeof VALUES;

const OPTIONS: Kind[] = ['undefined', 'object'];
const FLAG: Kind[] = ['undefined', 'boolean'];
const COUNT: Kind[] = ['undefined', 'number'];
const CALL: Kind[] = ['undefined', 'function'];

let folder: string;
let model: Sequential;
let bytes: Uint8Array;
let xs: Tensor;
let ys: Tensor;
let compiled: compile.CompiledModel;
const made: Sequential[] = [];

function dense(): Sequential {
  const kernelInitializer = 'ones' as const;
  const one = sequential({layers: [layers.dense({name: 'head', units: 1, inputShape: [1], kernelInitializer})]});
  made.push(one);
  return one;
}

beforeAll(async () => {
  await setBackend('mnist-wasm');
  folder = mkdtempSync(path.join(tmpdir(), 'mnist-wasm-arguments-'));
  model = dense();
  bytes = await keras.saveKerasH5(model);
  compiled = await compile.compiledModel(model);
  [xs, ys] = [zeros([4, 2, 2, 1]), zeros([4, 1])];
});
afterAll(() => {
  rmSync(folder, {recursive: true});
  dispose([xs, ys]);
  for (const one of made) if (one !== disposed) one.dispose();
});
let disposed: Sequential | undefined;

const TOPOLOGY = {
  keras_version: '3.0.0',
  model_config: {
    class_name: 'Sequential',
    config: {
      name: 'm',
      layers: [
        {class_name: 'InputLayer', config: {name: 'in', batch_shape: [null, 1]}},
        {class_name: 'Dense', config: {name: 'head', units: 1}},
      ],
    },
  },
};
const ARTIFACTS = {
  modelTopology: TOPOLOGY,
  weightSpecs: [
    {name: 'head/kernel', shape: [1, 1], dtype: 'float32'},
    {name: 'head/bias', shape: [1], dtype: 'float32'},
  ],
  weightData: new ArrayBuffer(8),
};

const inFolder = (name: string) => path.join(folder, name);
const picture = () => new training.ImageDataGenerator({seed: 1});
const split = () => mnist.builtInDigits({trainSize: 1, testSize: 1}).test;

/** As it is told in the error; how it is given; which kinds it takes. `any` stands for what types would refuse. */
// biome-ignore lint/suspicious/noExplicitAny: what is tested is what types refuse
type Given = any;
const ARGUMENTS: [name: string, call: (value: Given) => unknown, takes: Kind[]][] = [
  ['bytes', (value) => keras.loadKeras(value), ['bytes']],
  ['options', (value) => keras.loadKeras(bytes, value), OPTIONS],
  ['maxBytes', (maxBytes) => keras.loadKeras(bytes, {maxBytes}), ['undefined', 'number']],
  ['model', (value) => keras.loadKerasWeights(value, bytes), []],
  ['bytes', (value) => keras.loadKerasWeights(model, value), ['bytes']],
  ['options', (value) => keras.loadKerasWeights(model, bytes, value), OPTIONS],
  ['model', (value) => keras.saveKerasH5(value), []],
  ['options', (value) => keras.saveKerasH5(model, value), OPTIONS],
  ['keras', (value) => keras.saveKerasH5(model, {keras: value}), ['undefined', 'number']],
  ['artifacts', (value) => keras.loadKerasArtifacts(value), ['object']],
  ['modelTopology', (value) => keras.loadKerasArtifacts({...ARTIFACTS, modelTopology: value} as Given), ['object']],
  ['weightSpecs', (value) => keras.loadKerasArtifacts({...ARTIFACTS, weightSpecs: value}), ['undefined', 'array']],
  ['weightData', (value) => keras.loadKerasArtifacts({...ARTIFACTS, weightData: value} as Given), ['undefined']],
  ['model', (value) => compile.compileModel(value), []],
  ['options', (value) => compile.compileModel(model, value), OPTIONS],
  ['batchSize', (batchSize) => compile.compileModel(model, {batchSize}), COUNT],
  ['weights', (weights) => compile.compileModel(model, {weights}), ['undefined']],
  ['binaryen', (binaryen) => compile.compileModel(model, {binaryen}), ['undefined']],
  ['model', (value) => compile.compiledModel(value), []],
  ['options', (value) => compile.compiledModel(model, value), OPTIONS],
  ['batchSize', (batchSize) => compile.compiledModel(model, {batchSize}), COUNT],
  ["input 'head_input'", (value) => compiled.predict(value), ['array', 'bytes']],
  ['file', (value) => compile.loaderSource(value), ['string']],
  ['file', (value) => compile.loaderTypes(value), ['string']],
  ['options', (value) => new training.EarlyStopping(value), OPTIONS],
  ['monitor', (monitor) => new training.EarlyStopping({monitor, mode: 'min'}), ['undefined', 'string']],
  ['mode', (mode) => new training.EarlyStopping({mode}), ['undefined']],
  ['minDelta', (minDelta) => new training.EarlyStopping({minDelta}), ['undefined', 'number', 'negative']],
  ['baseline', (baseline) => new training.EarlyStopping({baseline}), ['undefined', 'number', 'negative']],
  ['patience', (patience) => new training.EarlyStopping({patience}), COUNT],
  ['startFromEpoch', (startFromEpoch) => new training.EarlyStopping({startFromEpoch}), COUNT],
  ['restoreBestWeights', (restoreBestWeights) => new training.EarlyStopping({restoreBestWeights}), FLAG],
  ['setState', (value) => new training.EarlyStopping().setState(value), ['object']],
  ['target', (value) => new training.ModelCheckpoint(value), ['string', 'function']],
  ['options', (value) => new training.ModelCheckpoint('file://x', value), OPTIONS],
  ['saveBestOnly', (saveBestOnly) => new training.ModelCheckpoint('file://x', {saveBestOnly}), FLAG],
  ['includeOptimizer', (includeOptimizer) => new training.ModelCheckpoint('file://x', {includeOptimizer}), FLAG],
  ['setState', (value) => new training.ModelCheckpoint('file://x').setState(value), ['object']],
  ['open', (value) => new training.TensorBoard(value), ['function']],
  ['options', (value) => new training.TensorBoard(node.eventFiles(folder), value), OPTIONS],
  ['updateFreq', (updateFreq) => new training.TensorBoard(node.eventFiles(folder), {updateFreq}), COUNT],
  ['options', (value) => new training.ProgressBar(value), OPTIONS],
  ['output', (output) => new training.ProgressBar({output}), ['undefined']],
  ['examples', (value) => new training.BatchDataset(value, 2), ['object']],
  ['xs', (value) => new training.BatchDataset({xs: value, ys}, 2), []],
  ['ys', (value) => new training.BatchDataset({xs, ys: value}, 2), []],
  ['count', (count) => new training.BatchDataset({count, take: () => ({xs, ys})}, 2), ['number']],
  ['take', (take) => new training.BatchDataset({count: 4, take}, 2), ['function']],
  ['batchSize', (value) => new training.BatchDataset({xs, ys}, value), ['number']],
  ['options', (value) => new training.BatchDataset({xs, ys}, 2, value), OPTIONS],
  ...(['random', 'skip', 'onBatch', 'transform'] as const).map((name): (typeof ARGUMENTS)[number] => [
    name,
    (value) => new training.BatchDataset({xs, ys}, 2, {[name]: value}),
    CALL,
  ]),
  ['options', (value) => new training.ImageDataGenerator(value), OPTIONS],
  ...(['rotationRange', 'widthShiftRange', 'heightShiftRange', 'shearRange'] as const).map(
    (name): (typeof ARGUMENTS)[number] => [name, (value) => new training.ImageDataGenerator({[name]: value}), COUNT],
  ),
  ['zoomRange', (zoomRange) => new training.ImageDataGenerator({zoomRange}), ['undefined']],
  ['cval', (cval) => new training.ImageDataGenerator({cval}), ['undefined', 'number', 'negative']],
  ['fillMode', (fillMode) => new training.ImageDataGenerator({fillMode}), ['undefined']],
  ['seed', (seed) => new training.ImageDataGenerator({seed}), ['undefined', 'number', 'negative']],
  ['horizontalFlip', (horizontalFlip) => new training.ImageDataGenerator({horizontalFlip}), FLAG],
  ['verticalFlip', (verticalFlip) => new training.ImageDataGenerator({verticalFlip}), FLAG],
  ['images', (value) => picture().flow(value, ys), []],
  ['ys', (value) => picture().flow(xs, value), []],
  ['options', (value) => picture().flow(xs, ys, value), OPTIONS],
  ['shuffle', (shuffle) => picture().flow(xs, ys, {shuffle}), FLAG],
  ['images', (value) => picture().randomTransform(value), []],
  ['images', (value) => picture().applyTransform(value, []), []],
  ['parameters', (value) => picture().applyTransform(xs, value), ['array']],
  ['height', (value) => picture().getRandomTransform(value, 28), ['number']],
  ['width', (value) => picture().getRandomTransform(28, value), ['number']],
  ['size', (value) => training.permutation(value, Math.random), ['number']],
  ['random', (value) => training.permutation(3, value), ['function']],
  ['seed', (value) => training.seededRandom(value), ['number', 'negative']],
  ['options', (value) => mnist.loadMnist(value), OPTIONS],
  ['folder', (value) => mnist.loadMnist({folder: value}), ['undefined', 'string', 'empty']],
  ['cacheFolder', (cacheFolder) => mnist.loadMnist({cacheFolder}), ['undefined', 'string', 'empty']],
  ['mirrors', (mirrors) => mnist.loadMnist({mirrors}), ['undefined', 'array']],
  ['testOnly', (testOnly) => mnist.loadMnist({testOnly}), FLAG],
  ['download', (download) => mnist.loadMnist({download}), FLAG],
  ['onProgress', (onProgress) => mnist.loadMnist({onProgress}), CALL],
  ['options', (value) => mnist.builtInDigits(value), OPTIONS],
  ['seed', (seed) => mnist.builtInDigits({seed, trainSize: 1, testSize: 1}), COUNT],
  ['options', (value) => mnist.drawDigits(value), ['object']],
  ['bytes', (value) => mnist.parseIdx(value, 'file'), ['bytes']],
  ['files', (value) => mnist.mnistFromFiles(value), ['array']],
  ['file', (value) => mnist.mnistFromFiles([value]), ['object']],
  ['name', (name) => mnist.mnistFromFiles([{name, bytes}]), ['string']],
  ['images.gz', (value) => mnist.mnistFromFiles([{name: 'images.gz', bytes: value}]), ['bytes']],
  ['split', (value) => mnist.toTensors(value), ['object']],
  ['images', (images) => mnist.toTensors({...split(), images}), ['bytes']],
  ['labels', (labels) => mnist.toTensors({...split(), labels}), ['bytes']],
  ['options', (value) => mnist.toTensors(split(), value), OPTIONS],
  ['location', (value) => node.fileSystem(value), ['string', 'empty']],
  ['artifacts', (value) => node.fileSystem(inFolder('m')).save?.(value), ['object']],
  ['folder', (value) => node.lockFolder(value), ['string']],
  ['patience', (value) => node.lockFolder(inFolder('locked'), value), COUNT],
  ['file', (value) => node.writeFileAtomic(value, ''), ['string']],
  ['content', (value) => node.writeFileAtomic(inFolder('f'), value), ['string', 'empty', 'bytes']],
  ['folder', (value) => new node.EventFile(value), ['string']],
  ['folder', (value) => node.eventFiles(value), ['string']],
  ['tag', (value) => new node.EventFile(folder).scalar(value, 1, 1), ['string']],
  ['value', (value) => new node.EventFile(folder).scalar('a', value, 1), ['number', 'negative', 'NaN']],
  ['step', (value) => new node.EventFile(folder).scalar('a', 1, value), ['number', 'negative']],
];

const CASES = ARGUMENTS.map(([name, call, takes], i) => ({
  name,
  call,
  takes,
  title: `${name} (line ${i + 1} of the table)`,
}));

it.each(CASES)('$title', async ({name, call, takes}) => {
  const message = new RegExp(`^(mnist-wasm: )?${name}: expected .+, got .+\\.$`);
  for (const [kind, value] of Object.entries(VALUES)) {
    if (takes.includes(kind)) continue;
    const error = await Promise.resolve()
      .then(() => call(value))
      .then(
        () => undefined,
        (reason: unknown) => reason as Error,
      );
    expect(error?.message, kind).toMatch(message);
  }
});

it('a model that is disposed is told to be', async () => {
  disposed = dense();
  disposed.dispose();
  const dead = disposed;
  for (const call of [
    () => keras.saveKerasH5(dead),
    () => keras.loadKerasWeights(dead, bytes),
    () => compile.compileModel(dead),
    () => compile.compiledModel(dead),
  ]) {
    await expect(call()).rejects.toThrow(
      /model: expected one with its weights, got one that is disposed \(head\/kernel\)/,
    );
  }
});

it('a number that is no version of Keras is told', async () => {
  await expect(keras.saveKerasH5(model, {keras: 4 as 3})).rejects.toThrow('keras: expected the number 2 or 3, got 4.');
  for (const maxBytes of [-1, 0, Number.NaN]) {
    await expect(keras.loadKeras(bytes, {maxBytes})).rejects.toThrow(`above 0, got ${maxBytes}.`);
  }
});

it('weights of a model.json that are cut off are told', async () => {
  const artifacts = {...ARTIFACTS, weightData: new ArrayBuffer(4)};
  await expect(keras.loadKerasArtifacts(artifacts as Given)).rejects.toThrow('have 4 bytes, expected 8');
});
