/** Test images, and what the compiled model says of them in Node. */
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import {loadMnist} from '../../dist/mnist.js';

const PIXELS = 28 * 28;

/** @returns {Promise<(pixels: ArrayLike<number>) => {label: number, probabilities: number[]}>} what a server should answer */
export async function reader(project) {
  const {load} = await import(pathToFileURL(path.join(project, 'model.js')));
  const model = await load();
  return (pixels) => {
    const probabilities = [...model.predict(pixels)];
    return {label: probabilities.indexOf(Math.max(...probabilities)), probabilities};
  };
}

/** @returns the first `count` test images of MNIST where MNIST_DIR names it, else of the built-in digits: bytes */
export async function testImages(count) {
  const {test, description} = await loadMnist();
  const images = Array.from({length: Math.min(count, test.size)}, (_, i) =>
    test.images.subarray(i * PIXELS, (i + 1) * PIXELS),
  );
  return {images, labels: test.labels, description};
}

export function toNumbers(bytes) {
  return Array.from(bytes, (value) => value / 255);
}
