/** A small convolutional network, trained on the built-in digits: on the page, in a worker or on a server. */
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import {builtInDigits, toTensors} from 'mnist-wasm/mnist';

const {conv2d, dense, flatten, maxPooling2d} = tfl.layers;

/**
 * @param featureLevel of the entry that registered the backend.
 * @returns what came of it, as plain data.
 */
export async function train(featureLevel) {
  if (!(await tf.setBackend('mnist-wasm'))) throw new Error('the backend did not start');
  const digits = builtInDigits({trainSize: 600, testSize: 200});
  const training = toTensors(digits.train);
  const test = toTensors(digits.test);
  const model = tfl.sequential({
    layers: [
      conv2d({
        inputShape: [28, 28, 1],
        filters: 8,
        kernelSize: 5,
        activation: 'relu',
        kernelInitializer: tfl.initializers.glorotUniform({seed: 1}),
      }),
      maxPooling2d({poolSize: 4}),
      flatten(),
      dense({units: 10, activation: 'softmax', kernelInitializer: tfl.initializers.glorotUniform({seed: 2})}),
    ],
  });
  model.compile({optimizer: 'adam', loss: 'categoricalCrossentropy', metrics: ['accuracy']});
  const measure = async () => {
    const results = model.evaluate(test.xs, test.ys, {batchSize: 200});
    const values = await Promise.all(results.map(async (result) => (await result.data())[0]));
    tf.dispose(results);
    return values;
  };
  const [lossBefore] = await measure();
  await model.fit(training.xs, training.ys, {epochs: 6, batchSize: 20, shuffle: false, verbose: 0});
  const [lossAfter, accuracy] = await measure();
  await threadsAreThere(test.xs);
  const one = tf.slice(test.xs, [0], [1]);
  const prediction = model.predict(one);
  const probabilities = [...(await prediction.data())];
  // The engine is one for the process, on a server too, and names of variables are taken until they are disposed of.
  tf.dispose([...Object.values(training), ...Object.values(test), one, prediction]);
  model.dispose();
  const {threadCount: threads} = tf.backend();
  return {backend: tf.getBackend(), level: featureLevel(), threads, lossBefore, lossAfter, accuracy, probabilities};
}

/** Threads start in the background, which may take longer than the training. */
async function threadsAreThere(images) {
  const end = performance.now() + 10_000;
  const isWorkerOfFirefox = typeof document === 'undefined' && /Firefox/.test(globalThis.navigator?.userAgent);
  if (!globalThis.crossOriginIsolated || isWorkerOfFirefox) return;
  while (tf.backend().threadCount === 1 && performance.now() < end) {
    tf.tidy(() => tf.square(images).dataSync());
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
