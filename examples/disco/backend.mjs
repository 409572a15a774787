/** All that DISCO needs to train on mnist-wasm: one import and one call. */
import * as tf from '@tensorflow/tfjs';
import 'mnist-wasm';

/** @param {'mnist-wasm' | 'cpu'} name */
export async function useBackend(name) {
  if (!(await tf.setBackend(name))) throw new Error(`The backend ${name} does not start.`);
}
