import * as tf from '@tensorflow/tfjs-core';
import 'mnist-wasm';
import {loadMnist, toTensors} from 'mnist-wasm/mnist';
import {createLeNet} from './lenet.js';

const EPOCHS = 3;
const BATCH_SIZE = 120;

await tf.setBackend('mnist-wasm');

// MNIST where the page has downloaded it before (`download: true`), else digits drawn from pen strokes.
const {train, test, description} = await loadMnist();
element('data').textContent = description;

const images = toTensors(train);
const model = createLeNet();
let start;
await model.fit(images.xs, images.ys, {
  epochs: EPOCHS,
  batchSize: BATCH_SIZE,
  yieldEvery: 50, // milliseconds: the page stays alive
  callbacks: {
    onEpochBegin: () => {
      start = performance.now();
    },
    onEpochEnd: (epoch, {loss, acc}) => {
      const perSecond = train.size / ((performance.now() - start) / 1000);
      addRow([epoch + 1, loss.toFixed(4), percent(acc), Math.round(perSecond)]);
    },
  },
});

const held = toTensors(test);
const [, accuracy] = model.evaluate(held.xs, held.ys, {batchSize: BATCH_SIZE});
element('result').textContent = `${percent((await accuracy.data())[0])} of the ${test.size} test images are read right`;

function element(id) {
  return document.getElementById(id);
}

function addRow(cells) {
  const row = element('epochs').insertRow();
  for (const cell of cells) row.insertCell().textContent = cell;
}

function percent(share) {
  return `${(100 * share).toFixed(2)} %`;
}
