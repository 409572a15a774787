import 'mnist-wasm';
import {dispose, memory, setBackend, type Tensor, tensor, train} from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-layers';
import {builtInDigits} from 'mnist-wasm/mnist';
import {afterEach, beforeAll, describe, expect, it} from 'vitest';
import {argMax} from '../../common/statistics';
import {classificationMetrics} from '../training/metrics';
import {classify, type DigitClassifier, inputTensor, outputsOf, testClassifier, usualClassifier} from './classifier';
import {findPreparation} from './find';
import {type ImageInput, imageInputOf} from './image-input';
import type {Reading} from './reading';
import {type Polarity, type ScaleName, type Scaling, USUAL_SCALING} from './scaling';

const {train: digits, test} = builtInDigits({trainSize: 4000, testSize: 1000});

const made: tf.LayersModel[] = [];
afterEach(() => {
  for (const model of made.splice(0)) model.dispose();
});

/** Disposed after the test. */
function own<T extends tf.LayersModel>(model: T): T {
  made.push(model);
  return model;
}

/** A kernel [784, 10] and a bias [10]. */
type Weights = [kernel: Float32Array, bias: Float32Array];

function setWeights(layer: tf.layers.Layer | tf.LayersModel, [kernel, bias]: Weights): void {
  const tensors = [tensor(kernel, [784, 10]), tensor(bias, [10])];
  layer.setWeights(tensors);
  dispose(tensors);
}

/** Trains a model on some scaling of the built-in digits. */
async function trainOn(
  model: tf.LayersModel,
  loss: string,
  rate: number,
  scaling: Scaling,
  epochs: number,
): Promise<void> {
  const optimizer = train.adam(rate);
  model.compile({optimizer, loss});
  const xs = await inputTensor(inputOf(model), {...scaling, fit: 'same'}, digits.images);
  const ys = tensor(oneHot(digits.labels), [digits.size, 10]);
  await model.fit(xs, ys, {epochs, batchSize: 100, shuffle: false, verbose: 0});
  dispose([xs, ys]);
  optimizer.dispose();
}

/** A model without hidden layers, of 784 numbers. */
function linear(activation: 'softmax' | 'linear'): tf.LayersModel {
  return tf.sequential({
    layers: [tf.layers.dense({inputShape: [784], units: 10, activation, kernelInitializer: 'zeros'})],
  });
}

function weightsOf(model: tf.LayersModel): Weights {
  return model.getWeights().map((weight) => weight.dataSync<'float32'>().slice()) as Weights;
}

function oneHot(labels: Uint8Array): Float32Array {
  const values = new Float32Array(labels.length * 10);
  labels.forEach((label, i) => {
    values[10 * i + label] = 1;
  });
  return values;
}

function inputOf(model: tf.LayersModel): ImageInput {
  const input = imageInputOf(model);
  if (typeof input === 'string') throw new Error(input);
  return input;
}

let usual: Weights;
beforeAll(async () => {
  await setBackend('mnist-wasm');
  const model = linear('softmax');
  await trainOn(model, 'categoricalCrossentropy', 0.01, USUAL_SCALING, 12);
  usual = weightsOf(model);
  model.dispose();
}, 120_000);

type Activation = 'softmax' | 'linear' | 'logSoftmax' | 'sigmoid' | 'relu';

/** Those weights behind layers that make 784 numbers of an input of some shape. */
function withWeights(
  weights: Weights,
  before: tf.layers.Layer[],
  activation: Activation = 'softmax',
  after: tf.layers.Layer[] = [],
): tf.LayersModel {
  const dense = tf.layers.dense({
    units: 10,
    activation: activation === 'logSoftmax' ? undefined : (activation as 'softmax'),
  });
  const last = activation === 'logSoftmax' ? [tf.layers.activation({activation: 'logSoftmax' as 'softmax'})] : [];
  const model = tf.sequential({layers: [...before, dense, ...last, ...after]});
  setWeights(dense, weights);
  return own(model);
}

const flat = (inputShape: number[]) => [tf.layers.reshape({inputShape, targetShape: [784]})];

async function found(model: tf.LayersModel): Promise<DigitClassifier> {
  return (await findPreparation(model, inputOf(model), test)).classifier;
}

describe('an output', () => {
  const readings: [Reading, Activation][] = [
    ['probabilities', 'softmax'],
    ['logits', 'linear'],
    ['log-probabilities', 'logSoftmax'],
  ];

  it('of logits or log-probabilities becomes the probabilities that softmax gives, and the loss is theirs', async () => {
    const all = [];
    for (const [reading, activation] of readings) {
      const classifier = await found(withWeights(usual, flat([28, 28, 1]), activation));
      expect(classifier.reading).toBe(reading);
      all.push({probabilities: await classify(classifier, test.images), ...(await testClassifier(classifier, test))});
    }
    const [softmax, ...others] = all;
    expect(softmax.metrics.accuracy).toBeGreaterThan(0.9);
    for (const {probabilities, metrics} of others) {
      expect(metrics.correct).toBe(softmax.metrics.correct);
      // Keras's epsilon bounds the loss of probabilities alone.
      expect(metrics.loss).toBeCloseTo(others[0].metrics.loss, 5);
      expect(metrics.loss).toBeGreaterThanOrEqual(softmax.metrics.loss);
      probabilities.forEach((value, i) => {
        expect(Math.abs(value - softmax.probabilities[i])).toBeLessThan(1e-5);
      });
    }
  });

  it('of sigmoids is divided by its sum, as Keras does before the logarithm', async () => {
    const classifier = await found(withWeights(usual, flat([784]), 'sigmoid'));
    expect(classifier.reading).toBe('sigmoids');
    const outputs = await outputsOf(classifier, test.images);
    const probabilities = await classify(classifier, test.images);
    const sum = outputs.subarray(0, 10).reduce((a, b) => a + b, 0);
    expect(probabilities[3]).toBeCloseTo(outputs[3] / sum, 6);
  });

  it('fitted to 0 and 1 by its squared error is told by that loss, which is told too', {timeout: 60_000}, async () => {
    const model = own(linear('linear'));
    await trainOn(model, 'meanSquaredError', 0.003, USUAL_SCALING, 8);
    const classifier = await found(model);
    expect(classifier.reading).toBe('scores');
    const {ownLoss} = await testClassifier(classifier, test);
    const outputs = await outputsOf(classifier, test.images);
    const truth = oneHot(test.labels);
    const error = outputs.reduce((total, value, i) => total + (value - truth[i]) ** 2, 0) / outputs.length;
    expect(ownLoss?.name).toBe('meanSquaredError');
    expect(ownLoss?.value).toBeCloseTo(error, 5);
    // The same without its loss, as a file may have it.
    const bare = own(linear('linear'));
    setWeights(bare, weightsOf(model));
    expect((await found(bare)).reading).toBe('scores');
  });

  it('may be [1, 10]', async () => {
    const model = withWeights(usual, flat([784]), 'linear', [tf.layers.reshape({targetShape: [1, 10]})]);
    const {metrics} = await testClassifier(await found(model), test);
    expect(metrics.accuracy).toBeGreaterThan(0.9);
  });
});

describe('an input', () => {
  const {reshape, permute, flatten} = tf.layers;
  const average = (inputShape: number[], axis: 'last' | 'first') => {
    // The mean of three channels, as a convolution with weights of a third.
    const layers: tf.layers.Layer[] = axis === 'first' ? [permute({inputShape, dims: [2, 3, 1]})] : [];
    const mean = tf.layers.conv2d({
      filters: 1,
      kernelSize: 1,
      kernelInitializer: tf.initializers.constant({value: 1 / 3}),
      ...(axis === 'last' && {inputShape}),
    });
    return [...layers, mean, flatten()];
  };
  const cropped = (inputShape: number[]) => [
    tf.layers.cropping2D({
      inputShape,
      cropping: [
        [2, 2],
        [2, 2],
      ],
    }),
    flatten(),
  ];

  it.each<[string, () => tf.layers.Layer[]]>([
    ['[28, 28]', () => flat([28, 28])],
    ['[1, 28, 28]', () => flat([1, 28, 28])],
    ['a row', () => flat([1, 784])],
    ['a column', () => flat([784, 1])],
    ['rows of 56', () => flat([14, 56])],
    ['[28, 28, 3]', () => average([28, 28, 3], 'last')],
    ['[3, 28, 28]', () => average([3, 28, 28], 'first')],
    ['a batch of 1', () => [reshape({batchInputShape: [1, 28, 28, 1], targetShape: [784]})]],
    ['a batch of 32', () => [reshape({batchInputShape: [32, 784], targetShape: [784]})]],
    ['[32, 32, 1]', () => cropped([32, 32, 1])],
  ])('of %s is filled: the outputs are those of [784]', {timeout: 120_000}, async (_shape, before) => {
    const expected = await outputsOf(
      usualClassifier(withWeights(usual, flat([784])), inputOf(withWeights(usual, flat([784])))),
      test.images,
    );
    const model = withWeights(usual, before());
    const classifier = await found(model);
    expect(classifier.preparation).toMatchObject(USUAL_SCALING);
    const before_ = memory().numTensors;
    const given = await outputsOf(classifier, test.images);
    expect(memory().numTensors).toBe(before_);
    given.forEach((value, i) => {
      expect(Math.abs(value - expected[i])).toBeLessThan(1e-5);
    });
  });

  it('of 56x56 is resized', {timeout: 120_000}, async () => {
    const model = withWeights(usual, [tf.layers.averagePooling2d({inputShape: [56, 56, 1], poolSize: 2}), flatten()]);
    const classifier = await found(model);
    expect(classifier.preparation.fit).toBe('resized');
    expect((await testClassifier(classifier, test)).metrics.accuracy).toBeGreaterThan(0.9);
  });

  it('that is none is told with its reason', () => {
    const [a, b] = [tf.input({shape: [784], name: 'left'}), tf.input({shape: [2], name: 'right'})];
    const joined = tf.layers.concatenate().apply([a, b]) as tf.SymbolicTensor;
    const two = own(
      tf.model({inputs: [a, b], outputs: tf.layers.dense({units: 10}).apply(joined) as tf.SymbolicTensor}),
    );
    expect(imageInputOf(two)).toBe('takes 2 inputs (left [784], right [2]): expected one image of a digit');
    const units = (inputShape: number[], count: number) =>
      own(tf.sequential({layers: [tf.layers.dense({inputShape, units: count})]}));
    expect(imageInputOf(units([784], 47))).toContain(
      'gives [47]: expected a number for each of ten digits (so many classes have letters',
    );
    expect(imageInputOf(units([784], 1))).toContain('not one number');
    expect(imageInputOf(units([785], 10))).toContain('takes [785]: expected one square image');
    expect(imageInputOf(units([28, 28, 2], 10))).toContain('gives [28,28,10]');
  });
});

describe('a scaling', () => {
  const cases: [ScaleName, Polarity][] = [
    ['0..1', 'white-on-black'],
    ['0..1', 'black-on-white'],
    ['0..255', 'white-on-black'],
    ['-1..1', 'white-on-black'],
    ['centred', 'white-on-black'],
    ['standardised', 'white-on-black'],
  ];

  it.each(cases)('of %s, %s is found, in spite of others', {timeout: 120_000}, async (scale, polarity) => {
    const {dense} = tf.layers;
    const range = scale === '0..255' ? 255 : 1;
    const kernelInitializer = tf.initializers.randomNormal({stddev: 0.03 / range, seed: 1});
    const layers = [
      dense({inputShape: [784], units: 32, activation: 'relu', kernelInitializer}),
      dense({units: 10, activation: 'softmax', kernelInitializer: tf.initializers.glorotUniform({seed: 2})}),
    ];
    const model = own(tf.sequential({layers}));
    // Bright inputs of all the paper train slower.
    const [rate, epochs] = polarity === 'black-on-white' ? [0.001, 40] : [0.003, 25];
    await trainOn(model, 'categoricalCrossentropy', range === 1 ? rate : rate / 100, {scale, polarity}, epochs);
    const {classifier, accuracy, images} = await findPreparation(model, inputOf(model), test);
    expect(images).toBe(1000);
    expect(accuracy).toBeGreaterThan(0.85);
    expect(classifier.preparation).toEqual({scale, polarity, fit: 'same'});
    const forced = await findPreparation(model, inputOf(model), test, {scale: 'binary', polarity: 'white-on-black'});
    expect(forced.classifier.preparation.scale).toBe('binary');
  });

  it('that is a part of the model is found to be 0..255', async () => {
    const kernel = usual[0].map((weight) => weight / 255);
    const model = withWeights([kernel, usual[1]], flat([28, 28, 1]));
    expect((await found(model)).preparation).toMatchObject({scale: '0..255', polarity: 'white-on-black'});
  });

  it('stays the usual one for a model that reads nothing', async () => {
    const nothing: Weights = [new Float32Array(7840), new Float32Array(10)];
    expect((await found(withWeights(nothing, flat([784])))).preparation).toMatchObject(USUAL_SCALING);
    const random = own(
      tf.sequential({
        layers: [
          tf.layers.dense({
            inputShape: [784],
            units: 10,
            activation: 'softmax',
            kernelInitializer: tf.initializers.glorotNormal({seed: 3}),
          }),
        ],
      }),
    );
    expect((await found(random)).preparation).toMatchObject(USUAL_SCALING);
  });
});

it('a usual classifier has the bits of model.predict on 0..1', async () => {
  const model = withWeights(usual, flat([28, 28, 1]));
  const classifier = usualClassifier(model, inputOf(model));
  const xs = tensor(
    Float32Array.from(test.images, (pixel) => pixel / 255),
    [test.size, 28, 28, 1],
  );
  const expected = model.predict(xs, {batchSize: 250}) as Tensor;
  const given = await classify(classifier, test.images);
  expect(given).toEqual(expected.dataSync());
  const {metrics} = await testClassifier(classifier, test);
  expect(metrics).toEqual(classificationMetrics(given, test.labels, 10));
  expect(argMax(given.subarray(0, 10))).toBe(argMax(expected.dataSync().subarray(0, 10)));
  dispose([xs, expected]);
});

it('a model whose weights are NaN is told, and gives no digit', async () => {
  const model = own(tf.sequential({layers: [tf.layers.dense({units: 10, inputShape: [784]})]}));
  setWeights(model, [new Float32Array(7840).fill(NaN), new Float32Array(10)]);
  const given = classify(usualClassifier(model, inputOf(model)), new Uint8Array(784));
  await expect(given).rejects.toThrow('the model gives NaN alone');
});
