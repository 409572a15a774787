import 'mnist-wasm';
import {memory, setBackend} from '@tensorflow/tfjs-core';
import {afterEach, beforeAll, expect, it} from 'vitest';
import {whyAtChance} from './chance';
import {testClassifier, usualClassifier} from './classifier';
import {disposeOwned, flat, inputOf, test, trainUsual, type Weights, withWeights} from './fixtures/models';
import {type Scaling, USUAL_SCALING} from './scaling';

afterEach(disposeOwned);

let kernel: Float32Array;
let bias: Float32Array;
beforeAll(async () => {
  await setBackend('mnist-wasm');
  [kernel, bias] = await trainUsual();
}, 120_000);

/** What is said of a model of these weights. */
async function said(weights: Weights, split = test, scaling: Scaling = USUAL_SCALING): Promise<string | undefined> {
  const model = withWeights(weights, flat([28, 28, 1]));
  const usual = usualClassifier(model, inputOf(model));
  const classifier = {...usual, preparation: {...usual.preparation, ...scaling}};
  const {metrics} = await testClassifier(classifier, split);
  return whyAtChance(classifier, split, metrics);
}

it('nothing is said of a model that reads digits, nor where there are few', async () => {
  expect(await said([kernel, bias])).toBeUndefined();
  const few = {images: test.images.subarray(0, 20 * 784), labels: test.labels.subarray(0, 20), size: 20};
  expect(await said([new Float32Array(7840), new Float32Array(10)], few)).toBeUndefined();
});

it('what was forced and is wrong is told, with what is right', async () => {
  const inverted = await said([kernel, bias], test, {scale: '0..255', polarity: 'black-on-white'});
  expect(inverted).toMatch(
    /^of pixels 0\.\.1, white on black the model reads 9\d\.\d %: leave out --scale and --polarity$/,
  );
});

it('outputs in another order are told with their order', async () => {
  const order = [3, 1, 4, 0, 5, 9, 2, 6, 8, 7];
  const mixed: Weights = [
    Float32Array.from(kernel, (_, i) => kernel[i - (i % 10) + order[i % 10]]),
    Float32Array.from(order, (digit) => bias[digit]),
  ];
  // 1 and 8 stay where they are: a fifth is right. Without those images nothing is.
  const kept = Array.from(test.labels.keys()).filter((i) => ![1, 8].includes(test.labels[i]) || i % 2 === 0);
  const split = {
    images: Uint8Array.from(kept.flatMap((i) => Array.from(test.images.subarray(i * 784, (i + 1) * 784)))),
    labels: Uint8Array.from(kept, (i) => test.labels[i]),
    size: kept.length,
  };
  expect(await said(mixed, split)).toMatch(
    /^the model's outputs are the digits in another order, 3 1 4 0 5 9 2 6 8 7: read so, \d\d/,
  );
});

it.each([1, 255])('a model of transposed images, of pixels up to %i, is told to be one', async (most) => {
  const lying = kernel.map((_, i) => {
    const [pixel, output] = [Math.floor(i / 10), i % 10];
    return kernel[((pixel % 28) * 28 + Math.floor(pixel / 28)) * 10 + output] / most;
  });
  const tensors = memory().numTensors;
  expect(await said([lying, bias])).toMatch(/^the model reads transposed images \(\d\d.* of 1000 right\)/);
  disposeOwned();
  expect(memory().numTensors).toBeLessThanOrEqual(tensors);
});

it('a model that is not trained is told to be at chance, and what it answers to all', async () => {
  expect(await said([new Float32Array(7840), Float32Array.from({length: 10}, (_, i) => Number(i === 4))])).toMatch(
    /^the model is at chance and answers 4 to 100\.0 % of the images, .*: it is not trained/,
  );
});
