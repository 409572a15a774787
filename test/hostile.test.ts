/**
 * Every kernel with shapes, attributes and dtypes that it cannot have: it may throw an Error, but not trap, not hang,
 * not write outside of its tensors, and not keep memory. HOSTILE_RUNS sets how many calls each kernel gets, RANDOM_SEED
 * the seed.
 */
import '@tensorflow/tfjs-backend-cpu';
import 'mnist-wasm';
import type {Tensor} from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {makeInputs, runKernel} from './cases/run';
import type {KernelCase} from './cases/types';
import {guardHeap} from './guard';
import {describeCall} from './parity/random';
import {hostileCalls, hostileKernels} from './random/hostile';
import {backend, restart} from './running';

/** At one level 100,000 calls in all; what is checked hardly depends on the level. */
const {MNIST_WASM_FEATURES: level, RANDOM_SEED: seed = '1', HOSTILE_RUNS: runs} = process.env;
const numRuns = Number(runs ?? (level === 'relaxed' ? 600 : 100));
/** So little that nothing takes long, and that running out of it is part of the test. */
const MAX_HEAP_BYTES = 2 ** 25;
/** No call takes this many milliseconds, on a busy machine either. */
const HANG = 5000;

beforeAll(restartGuarded);
afterAll(() => restart());

async function restartGuarded(): Promise<void> {
  await restart({maxHeapBytes: MAX_HEAP_BYTES});
  guardHeap(backend());
}

describe('impossible calls of', () => {
  it.for(hostileKernels)('%s', {timeout: 60_000 + 10 * numRuns}, async (kernel) => {
    await restartGuarded();
    const result = fc.check(fc.property(hostileCalls(kernel), fc.boolean(), check), {
      seed: Number(seed),
      numRuns,
      // Calls are small already, and shrinking one that takes long would not end.
      endOnFailure: true,
    });
    if (!result.failed) return;
    const [counterexample, defers] = result.counterexample ?? [];
    const when = defers ? ', deferred' : '';
    expect.fail(`${kernel} ${describeCall(counterexample as KernelCase)}${when}: ${result.errorInstance}`);
  });
});

/** @param defers whether what can be deferred is, however small; else only what is large */
function check(kernelCase: KernelCase, defers: boolean): void {
  const {heap} = backend();
  backend().minDeferred = defers ? 1 : 4096;
  const before = heap.bytesInUse;
  const start = performance.now();
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
  expect(performance.now() - start, 'milliseconds').toBeLessThan(HANG);
}

function isOverflow(error: Error): boolean {
  return error.message.includes('call stack');
}
