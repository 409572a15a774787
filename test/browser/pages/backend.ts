/** Starts the backend, in a page or a worker. */
import * as tf from '@tensorflow/tfjs-core';
import {type FeatureLevel, featureLevel, register} from 'mnist-wasm';
import {check} from './specs';

/** Starts the backend anew, at a level or at the best that it finds, with two threads where there can be any. */
export async function start(level?: FeatureLevel, threads = 2): Promise<void> {
  tf.removeBackend('mnist-wasm');
  register({features: level, threads});
  check(await tf.setBackend('mnist-wasm'), 'the backend did not start; the console says why');
  check(level === undefined || featureLevel() === level, `the level is ${featureLevel()}`);
}

/** @throws where tensors or bytes of the heap are still in use. */
export function checkNothingIsLeft(): void {
  const {numTensors, heapBytes} = tf.memory() as tf.MemoryInfo & {heapBytes: number};
  check(numTensors === 0, `${numTensors} tensors are left`);
  check(heapBytes === 0, `${heapBytes} bytes of the heap are in use`);
}
