/** A model to a Keras file and back, with the code for that loaded when it is asked for. */
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';

/** @returns the file's size, and what one input gives before and after. */
export async function throughKeras() {
  await tf.setBackend('mnist-wasm');
  const {loadKeras, saveKerasH5} = await import('mnist-wasm/keras');
  const model = tfl.sequential({layers: [tfl.layers.dense({units: 3, inputShape: [4], activation: 'tanh'})]});
  const file = await saveKerasH5(model);
  const loaded = await loadKeras(file);
  const predict = (one) => [...tf.tidy(() => one.predict(tf.tensor2d([[1, -2, 3, -4]])).dataSync())];
  return {bytes: file.length, saved: predict(model), loaded: predict(loaded)};
}
