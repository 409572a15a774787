import 'mnist-wasm';
import {dispose, memory, setBackend, type Tensor, tensor} from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-layers';
import {afterEach, beforeAll, describe, expect, it} from 'vitest';
import {argMax} from '../../common/statistics';
import {classificationMetrics} from '../training/metrics';
import {classify, outputsOf, testClassifier, usualClassifier} from './classifier';
import {
  type Activation,
  disposeOwned,
  flat,
  found,
  inputOf,
  linear,
  oneHot,
  own,
  setWeights,
  test,
  trainOn,
  trainUsual,
  type Weights,
  weightsOf,
  withWeights,
} from './fixtures/models';
import {imageInputOf} from './image-input';
import type {Reading} from './reading';
import {USUAL_SCALING} from './scaling';

afterEach(disposeOwned);

let usual: Weights;
beforeAll(async () => {
  await setBackend('mnist-wasm');
  usual = await trainUsual();
}, 120_000);

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
