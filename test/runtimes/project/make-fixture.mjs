/**
 * Writes to the folder `fixture`, in Node, what the suite has everywhere: images, a trained model, that model compiled for
 * each feature level with its loader, and what Node computes. Prints where the images are from.
 */
import {mkdirSync, writeFileSync} from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import {register} from 'mnist-wasm';
import {compileModel, loaderSource} from 'mnist-wasm/compile';
import {loadMnist} from 'mnist-wasm/mnist';
import {compiledLabels, newModel, predictAll, train} from './suite.mjs';

const TRAIN_SIZE = 600;
const TEST_SIZE = 1000;
const LEVELS = ['simd', 'relaxed'];

const folder = new URL('fixture/', import.meta.url);
const write = (name, content) => writeFileSync(new URL(name, folder), content);

const {train: training, test, description} = await loadMnist({trainSize: TRAIN_SIZE, testSize: TEST_SIZE});
const images = Buffer.concat([training.images, test.images]);
const labels = Buffer.concat([training.labels, test.labels]);
const given = {images, labels, trainSize: TRAIN_SIZE};
mkdirSync(folder);
write('images.bin', images);
write('labels.bin', labels);

const model = await savedModel();
const expected = {};
for (const level of LEVELS) expected[level] = await expectedAt(level, model);
const {weightData, ...withoutWeights} = model;
write('weights.bin', new Uint8Array(weightData));
write('fixture.json', JSON.stringify({trainSize: TRAIN_SIZE, model: withoutWeights, expected}));
console.log(description);

async function savedModel() {
  await setLevel('simd');
  const trained = newModel(tfl);
  await train(tf, trained, given);
  const saved = await new Promise((resolve) => trained.save(tf.io.withSaveHandler(async (it) => resolve(it) ?? {})));
  trained.dispose();
  return saved;
}

async function expectedAt(level, saved) {
  await setLevel(level);
  const fresh = newModel(tfl);
  await train(tf, fresh, given);
  const trained = predictAll(tf, fresh, given);
  fresh.dispose();

  const loaded = await tfl.loadLayersModel(tf.io.fromMemory(saved));
  const module = await compileModel(loaded, {level});
  write(`model-${level}.wasm`, module);
  write(`model-${level}.js`, loaderSource(`model-${level}.wasm`));
  const {load} = await import(new URL(`model-${level}.js`, folder));
  const predicted = predictAll(tf, loaded, given);
  loaded.dispose();
  return {trained, predicted, labels: compiledLabels(await load(), given), moduleBytes: module.length};
}

async function setLevel(features) {
  if (tf.getBackend() === 'mnist-wasm') tf.removeBackend('mnist-wasm');
  register({features});
  await tf.setBackend('mnist-wasm');
}
