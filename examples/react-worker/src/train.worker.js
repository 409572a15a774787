import * as tf from '@tensorflow/tfjs-core';
import 'mnist-wasm';
import {loadMnist, toTensors} from 'mnist-wasm/mnist';
import {createLeNet} from './lenet.js';

const EPOCHS = 3;
const BATCH_SIZE = 120;
/** Batches between two messages of how far it is. */
const BATCHES_A_MESSAGE = 10;

train().then(
  (accuracy) => postMessage({type: 'done', progress: 1, accuracy}),
  (error) => postMessage({type: 'error', error: error.message}),
);

async function train() {
  await tf.setBackend('mnist-wasm');
  const {train, test} = await loadMnist();
  const {xs, ys} = toTensors(train);
  const model = createLeNet();
  const batches = EPOCHS * Math.ceil(train.size / BATCH_SIZE);
  let batch = 0;
  await model.fit(xs, ys, {
    epochs: EPOCHS,
    batchSize: BATCH_SIZE,
    callbacks: {
      onBatchEnd: () => {
        if (++batch % BATCHES_A_MESSAGE === 0) postMessage({type: 'progress', progress: batch / batches});
      },
      onEpochEnd: (epoch, {loss, acc}) => postMessage({type: 'epoch', epoch, loss, acc}),
    },
  });
  const held = toTensors(test);
  const [, accuracy] = model.evaluate(held.xs, held.ys, {batchSize: BATCH_SIZE});
  return (await accuracy.data())[0];
}
