/** Random programs: what they compute on a backend, with memory that runs out now and then. */
import * as tf from '@tensorflow/tfjs-core';
import {OutOfMemoryError} from 'mnist-wasm';
import type {MnistWasmBackend} from '../../src/internal';
import type {Output} from '../cases/output';
import {makeValues} from '../cases/values';
import type {ChainStep} from '../chains';
import {type Constants, operations, SHAPE} from './operations';

export interface Program {
  steps: readonly ChainStep[];
  /** After how many allocations one fails, again and again. */
  failures: readonly number[];
}

const made = (shape: number[], seed: number, scale: number) =>
  tf.mul(tf.tensor(makeValues({shape}, seed) as Float32Array, shape), scale);

function constants(): Constants {
  const channels = SHAPE[3];
  return {
    filter: made([3, 3, channels, channels], 11, 0.08) as tf.Tensor4D,
    depthwise: made([3, 3, channels, 1], 12, 0.2) as tf.Tensor4D,
    dense: made([channels, channels], 13, 0.2) as tf.Tensor2D,
    bias: made([channels], 14, 0.5) as tf.Tensor1D,
  };
}

/** Lets an allocation fail after each of so many others; returns what restores the heap and tells how many failed. */
export function injectFailures({heap}: MnistWasmBackend, failures: readonly number[]): () => number {
  const allocate = heap.allocate.bind(heap);
  let next = 0;
  let left = failures[0];
  heap.allocate = (bytes) => {
    if (next < failures.length && left-- <= 0) {
      next++;
      left = failures[next];
      throw new OutOfMemoryError('mnist-wasm: out of memory: on purpose.');
    }
    return allocate(bytes);
  };
  return () => {
    heap.allocate = allocate;
    return next;
  };
}

/** Runs again what fails for lack of memory: nothing may have changed then. */
function insist<T>(compute: () => T): T {
  for (;;) {
    try {
      return compute();
    } catch (error) {
      if (!(error instanceof OutOfMemoryError)) throw error;
      dropTape();
    }
  }
}

/** tfjs-core keeps what the gradients of an operation need, and gives it up where they are computed: not if that fails. */
function dropTape(): void {
  const {state} = tf.engine();
  for (const {saved} of (state.activeTape ?? []) as {saved?: tf.Tensor[]}[]) tf.dispose(saved ?? []);
  state.activeTape = null as unknown as typeof state.activeTape;
}

/** The values that a program reads, in order, on the active backend; it leaves nothing behind. */
export function runProgram({steps}: Program): Output[] {
  const fixed = insist(() => tf.tidy(() => ({...constants()}) as unknown as tf.NamedTensorMap)) as unknown as Constants;
  const outputs: Output[] = [];
  const tensors = [0, 1, 2].map((seed) => insist(() => tf.tidy(() => made(SHAPE, seed, 1))));
  const read = (t: tf.Tensor) => outputs.push({shape: t.shape, dtype: t.dtype, values: insist(() => t.dataSync())});
  const inputs = tensors.map((t) => tf.clone(t));
  for (const {operation, a, b, next} of steps) {
    const [first, second] = [tensors[a % tensors.length], tensors[b % tensors.length]];
    const y = insist(() => tf.tidy(() => operations[operation](first, second, fixed, inputs[b % 3])));
    // The latest comes first more often than the others: chains are long then.
    tensors.unshift(y);
    if (next === 'read') read(y);
    if (next === 'dispose' && tensors.length > 3) tensors.splice(a % tensors.length, 1)[0].dispose();
  }
  tensors.forEach(read);
  tf.dispose([...tensors, ...inputs, ...Object.values(fixed)]);
  return outputs;
}
