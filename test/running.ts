/** The backend that runs: itself, what it tells of its memory, and another in its place. */
import * as tf from '@tensorflow/tfjs-core';
import {type MnistWasmMemory, register} from 'mnist-wasm';
import type {MnistWasmBackend} from '../src/internal';

export const backend = () => tf.backend() as MnistWasmBackend;
export const memory = () => tf.memory() as unknown as MnistWasmMemory & tf.MemoryInfo;

/** Lets go of the backend, its tensors and its memory, and initialises another with the given options. */
export async function restart(options?: Parameters<typeof register>[0]): Promise<void> {
  tf.removeBackend('mnist-wasm');
  register(options);
  await tf.setBackend('mnist-wasm');
}
