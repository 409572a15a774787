import '@tensorflow/tfjs-backend-cpu';
import {setBackend, type Tensor, tensor2d} from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import {expect, it} from 'vitest';
import {classificationMetrics} from './metrics';

it('counts, ranks and averages a case worked out by hand', () => {
  const probabilities = Float32Array.of(
    ...[0.5, 0.25, 0.25], // 0, right
    ...[0.25, 0.75, 0], // 0, taken for 1
    ...[0, 1, 0], // 1, right
    ...[0, 0.875, 0.125], // 2, taken for 1, the surer mistake
  );
  const metrics = classificationMetrics(probabilities, Uint8Array.of(0, 0, 1, 2), 3);
  expect(metrics.confusionMatrix).toEqual([
    [1, 1, 0],
    [0, 1, 0],
    [0, 1, 0],
  ]);
  expect(metrics).toMatchObject({correct: 2, total: 4, accuracy: 0.5});
  const loss = (Math.log(2) + Math.log(4) - Math.log(1 - 1e-7) + Math.log(8)) / 4;
  expect(metrics.loss).toBeCloseTo(loss, 12);
  expect(metrics.perClass).toEqual([
    {label: 0, precision: 1, recall: 0.5, f1: 2 / 3, support: 2},
    {label: 1, precision: 1 / 3, recall: 1, f1: 0.5, support: 1},
    {label: 2, precision: 0, recall: 0, f1: 0, support: 1},
  ]);
  expect(metrics.mistakes).toEqual([
    {index: 3, label: 2, predicted: 1, confidence: 0.875},
    {index: 1, label: 0, predicted: 1, confidence: 0.75},
  ]);
});

it("has Keras's loss and accuracy: those of model.evaluate", async () => {
  await setBackend('cpu');
  const model = tf.sequential({
    layers: [
      tf.layers.dense({
        inputShape: [4],
        units: 5,
        activation: 'softmax',
        kernelInitializer: tf.initializers.randomNormal({stddev: 9, seed: 3}),
      }),
    ],
  });
  model.compile({optimizer: 'sgd', loss: 'categoricalCrossentropy', metrics: ['accuracy']});
  const n = 40;
  const values = Float32Array.from({length: n * 4}, (_, i) => Math.sin(i * i));
  const labels = Uint8Array.from({length: n}, (_, i) => (i * 7) % 5);
  const xs = tensor2d(values, [n, 4]);
  const ys = tensor2d(
    Float32Array.from({length: n * 5}, (_, i) => Number(i % 5 === labels[Math.floor(i / 5)])),
    [n, 5],
  );
  const predictions = model.predict(xs) as Tensor;
  const evaluated = model.evaluate(xs, ys) as Tensor[];
  const metrics = classificationMetrics(predictions.dataSync() as Float32Array, labels, 5);
  expect(metrics.loss).toBeCloseTo(evaluated[0].dataSync()[0], 5);
  expect(metrics.accuracy).toBeCloseTo(evaluated[1].dataSync()[0], 6);
  for (const tensor of [xs, ys, predictions, ...evaluated]) tensor.dispose();
  model.dispose();
});

it('keeps its sums consistent for any predictions', () => {
  const example = fc.record({label: fc.nat(9), logits: fc.array(fc.float({min: 0, max: 1, noNaN: true}), TEN)});
  fc.assert(
    fc.property(fc.array(example, {minLength: 1, maxLength: 40}), (examples) => {
      const labels = Uint8Array.from(examples, ({label}) => label);
      const metrics = classificationMetrics(Float32Array.from(examples.flatMap((e) => e.logits)), labels, 10);
      const cells = metrics.confusionMatrix.flat();
      const diagonal = metrics.confusionMatrix.reduce((sum, row, i) => sum + row[i], 0);
      expect(cells.reduce((a, b) => a + b)).toBe(labels.length);
      expect(diagonal).toBe(metrics.correct);
      expect(metrics.correct + metrics.mistakes.length).toBe(labels.length);
      metrics.perClass.forEach(({support}, label) => {
        expect(support).toBe(labels.filter((other) => other === label).length);
      });
      // Recall weighted by support is accuracy.
      const weighted = metrics.perClass.reduce((sum, {recall, support}) => sum + recall * support, 0);
      expect(weighted / labels.length).toBeCloseTo(metrics.accuracy, 12);
      for (const {label, predicted} of metrics.mistakes) expect(predicted).not.toBe(label);
    }),
  );
});

const TEN = {minLength: 10, maxLength: 10};

it('refuses probabilities that do not fit the labels', () => {
  expect(() => classificationMetrics(new Float32Array(20), new Uint8Array(3), 10)).toThrow(/20 for 3 labels/);
  expect(() => classificationMetrics(new Float32Array(0), new Uint8Array(0), 10)).toThrow(RangeError);
});
