/** The backend that runs: itself, what it tells of its memory, and another in its place. */
import * as tf from '@tensorflow/tfjs-core';
import {type MnistWasmMemory, register, threadCount} from 'mnist-wasm';
import type {MnistWasmBackend} from '../src/internal';

/** Milliseconds for threads to start, on a machine that is busy. */
const START_LIMIT = 30_000;

export const backend = () => tf.backend() as MnistWasmBackend;
export const memory = () => tf.memory() as unknown as MnistWasmMemory & tf.MemoryInfo;

/** Lets go of the backend, its tensors and its memory, and initialises another with the given options. */
export async function restart(options?: Parameters<typeof register>[0]): Promise<void> {
  tf.removeBackend('mnist-wasm');
  register(options);
  await tf.setBackend('mnist-wasm');
}

/**
 * Resolves once so many threads compute. They start in the background with the first large kernel, which is run here.
 *
 * @throws Error where they do not
 */
export async function awaitThreads(threads: number): Promise<void> {
  const a = tf.ones([512, 512]);
  for (const end = Date.now() + START_LIMIT; threadCount() < threads && Date.now() < end; ) {
    tf.tidy(() => tf.matMul(a, a).dataSync());
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  a.dispose();
  if (threadCount() !== threads) throw new Error(`${threadCount()} threads compute, where there should be ${threads}`);
}
