/**
 * Every kernel over random shapes, attributes and values, against the CPU backend: the calls that nobody thought of.
 * The seed is fixed, so that a run can be repeated; RANDOM_SEED sets another, RANDOM_RUNS how many calls each kernel
 * gets. A failure is shrunk, and says by which RANDOM_PATH that one call is run again.
 */
import '@tensorflow/tfjs-backend-cpu';
// Registers the gradients, which tfjs-core alone does not.
import '@tensorflow/tfjs-layers';
import {backend, setBackend} from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import type {MnistWasmBackend} from 'mnist-wasm';
import 'mnist-wasm';
import {beforeAll, describe, expect, it} from 'vitest';
import {expectAgreement, expectGradients} from './agreement';
import {difference} from './cases/compare';
import {runCase} from './cases/run';
import type {InputSpec, KernelCase} from './cases/types';
import {guardHeap} from './guard';
import {randomCases} from './random';
import type {RandomCase} from './random/types';

const {RANDOM_SEED: seed = '1', RANDOM_RUNS: runs = '200', RANDOM_PATH: path, MNIST_WASM_FEATURES: level} = process.env;
const numRuns = path ? 1 : Number(runs);
const timeout = 30_000 + 100 * numRuns;

beforeAll(async () => {
  await setBackend('mnist-wasm');
  guardHeap(backend() as MnistWasmBackend);
});

describe('random cases of', () => {
  it.for(Object.entries(randomCases))('%s', {timeout}, async ([kernel, cases]) => {
    const calls = fc.tuple(fc.nat(1 << 16), cases).map(([valuesSeed, c]) => seeded(kernel, c, valuesSeed));
    const result = await fc.check(
      fc.asyncProperty(calls, check),
      // A path leads to a failure that is shrunk already.
      {seed: Number(seed), numRuns, ...(path && {path, endOnFailure: true})},
    );
    if (!result.failed) return;
    const [counterexample] = result.counterexample ?? [];
    const again = `RANDOM_SEED=${result.seed} RANDOM_PATH=${result.counterexamplePath}`;
    const command = `npx vitest run --project ${level} test/random.test.ts -t ' ${kernel}$'`;
    expect.fail(
      `${kernel} ${describeCall(counterexample as KernelCase)}: ${message(result.errorInstance)}\n${again} ${command}\n`,
    );
  });
});

async function check(kernelCase: KernelCase): Promise<void> {
  const expected = await runCase(kernelCase, 'cpu');
  const actual = await runCase(kernelCase, 'mnist-wasm');
  const {tolerance, signedZero, gradient} = kernelCase;
  expectAgreement(difference(expected, actual, tolerance, signedZero), 'the CPU backend');
  if (gradient) await expectGradients(kernelCase);
}

/** The call of the kernel, its inputs' values drawn by this seed where they have none of their own. */
function seeded(kernel: string, {inputs, ...rest}: RandomCase, seed: number): KernelCase {
  const entries = Object.entries(inputs).map(([name, spec]: [string, InputSpec]) => [name, {seed, ...spec}] as const);
  const drawn = Array.isArray(inputs) ? entries.map(([, spec]) => spec) : Object.fromEntries(entries);
  return {kernel, name: 'random', inputs: drawn, ...rest};
}

/** The call in one line. */
function describeCall({inputs, attrs, gradient}: KernelCase): string {
  return fc.stringify({inputs, ...(attrs && {attrs}), ...(gradient && {gradient})});
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
