import '@tensorflow/tfjs-backend-cpu';
import {dispose, ones, setBackend, tensor2d} from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-layers';
import {expect, it} from 'vitest';
import {compileForClassification} from './compile';
import {linearDecay, setLearningRate} from './schedule';

it('linearDecay starts at the start and is at 0 after the last step', () => {
  const at = linearDecay(0.8, 4);
  expect([0, 1, 2, 3, 4].map(at)).toEqual([0.8, 0.6000000000000001, 0.4, 0.2, 0]);
});

it('setLearningRate sets what the next step takes: Adam moves each weight by about the rate in its first', async () => {
  await setBackend('cpu');
  const kernelInitializer = tf.initializers.zeros();
  const model = tf.sequential({
    layers: [tf.layers.dense({inputShape: [2], units: 2, activation: 'softmax', kernelInitializer})],
  });
  compileForClassification(model, {name: 'adam', learningRate: 0.5});
  setLearningRate(model, 0.25);
  const x = ones([1, 2]);
  const y = tensor2d([[1, 0]]);
  await model.trainOnBatch(x, y);
  for (const weight of model.getWeights()[0].dataSync()) expect(Math.abs(weight)).toBeCloseTo(0.25, 4);
  dispose([x, y]);
  model.dispose();
  model.optimizer.dispose();
});
