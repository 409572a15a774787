/** All that DISCO needs to train on mnist-wasm: one import and one call. */
import * as tf from '@tensorflow/tfjs';
import 'mnist-wasm';
import seedrandom from 'seedrandom';

/**
 * @param {'mnist-wasm' | 'cpu'} name
 * @param {number} seed of Math.random, from which tfjs draws first weights and dropout: runs can be compared
 */
export async function useBackend(name, seed) {
  seedrandom(`${seed}`, {global: true});
  if (!(await tf.setBackend(name))) throw new Error(`The backend ${name} does not start.`);
}
