import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {argMax, equal, setBackend, sum, type Tensor, tidy} from '@tensorflow/tfjs-core';
import 'mnist-wasm';
import {loadKeras, saveKerasH5} from 'mnist-wasm/keras';
import {loadMnist, toTensors} from 'mnist-wasm/mnist';
import {beforeAll, describe, expect, it} from 'vitest';
import {bitsOf, inHdf5} from './fixtures/files';

const folder = process.env.MNIST_DIR || undefined;
const file = folder === undefined ? undefined : path.join(folder, '../keras/mnist-cnn-336490.h5');

beforeAll(async () => {
  await setBackend('mnist-wasm');
});

describe.skipIf(file === undefined || !existsSync(file))('a model that Keras 2.4 trained', () => {
  it('gets exactly 9,940 of the 10,000 test images right', async () => {
    const model = await loadKeras(readFileSync(file as string));
    expect(model.countParams()).toBe(336_490);
    expect([model.loss, model.metrics]).toEqual(['categoricalCrossentropy', ['accuracy']]);
    const {test} = await loadMnist({folder});
    const {xs, ys} = toTensors(test);
    const right = tidy(() => {
      const predicted = model.predict(xs, {batchSize: 500}) as Tensor;
      return sum(equal(argMax(predicted, 1), argMax(ys, 1))).dataSync()[0];
    });
    expect(right).toBe(9_940);
    xs.dispose();
    ys.dispose();
    model.dispose();
  });

  it('is saved with the names and bits that it came with', async () => {
    const original = new Uint8Array(readFileSync(file as string));
    const model = await loadKeras(original);
    const saved = await saveKerasH5(model);
    const look = (bytes: Uint8Array) =>
      inHdf5(bytes, (root) => {
        const group = root.get('model_weights') as typeof root;
        const names = group.attrs.layer_names.value as string[];
        return names.map((name) => {
          const layer = group.get(name) as typeof root;
          const weights = layer.attrs.weight_names.value as string[];
          return [name, Array.from(weights, (weight) => (layer.get(weight) as {value?: unknown} | null)?.value)];
        });
      });
    expect(await look(saved)).toEqual(await look(original));
    const again = await loadKeras(saved);
    expect(bitsOf(again)).toEqual(bitsOf(model));
    model.dispose();
    again.dispose();
  });
});
