/**
 * Every kernel with shapes, attributes and dtypes that it cannot have: it may throw an Error, but not trap, not write
 * outside of its tensors, and not keep memory. HOSTILE_RUNS sets how many calls each kernel gets, RANDOM_SEED the seed.
 */
import '@tensorflow/tfjs-backend-cpu';
import {backend, removeBackend, setBackend, type Tensor} from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import {register} from 'mnist-wasm';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import type {MnistWasmBackend} from '../src/internal';
import {makeInputs, runKernel} from './cases/run';
import type {KernelCase} from './cases/types';
import {guardHeap} from './guard';
import {describeCall} from './parity/random';
import {randomCases} from './random';
import {hostileCalls} from './random/hostile';

const {RANDOM_SEED: seed = '1', HOSTILE_RUNS: runs = '700'} = process.env;
const numRuns = Number(runs);
/** So little that nothing takes long, and that running out of it is part of the test. */
const MAX_HEAP_BYTES = 2 ** 25;

beforeAll(restart);
afterAll(async () => {
  removeBackend('mnist-wasm');
  register();
  await setBackend('mnist-wasm');
});

async function restart(): Promise<void> {
  removeBackend('mnist-wasm');
  register({maxHeapBytes: MAX_HEAP_BYTES});
  await setBackend('mnist-wasm');
  guardHeap(backend() as MnistWasmBackend);
}

describe('impossible calls of', () => {
  it.for(Object.keys(randomCases))('%s', {timeout: 60_000 + 10 * numRuns}, async (kernel) => {
    await restart();
    const result = fc.check(fc.property(hostileCalls(kernel), check), {seed: Number(seed), numRuns});
    if (!result.failed) return;
    const [counterexample] = result.counterexample ?? [];
    expect.fail(`${kernel} ${describeCall(counterexample as KernelCase)}: ${result.errorInstance}`);
  });
});

function check(kernelCase: KernelCase): void {
  const {heap} = backend() as MnistWasmBackend;
  const before = heap.bytesInUse;
  const tensors: Tensor[] = [];
  try {
    const inputs = makeInputs(kernelCase);
    tensors.push(...Object.values(inputs));
    const outputs = runKernel(kernelCase, inputs);
    tensors.push(...outputs);
    for (const output of outputs) output.dataSync();
  } catch (error) {
    if (!(error instanceof Error) || error instanceof WebAssembly.RuntimeError || isOverflow(error)) throw error;
    // What guardHeap throws.
    if (error.message.endsWith('was written.')) throw error;
  } finally {
    for (const tensor of tensors) tensor.dispose();
  }
  expect(heap.bytesInUse, 'bytes in use').toBe(before);
}

function isOverflow(error: Error): boolean {
  return error instanceof RangeError && error.message.includes('call stack');
}
