/**
 * Every kernel over random shapes, attributes and values, against the CPU backend: the calls that nobody thought of.
 * The seed is fixed, so that a run can be repeated; RANDOM_SEED sets another, RANDOM_RUNS how many calls each kernel
 * gets. A failure is shrunk, and says by which RANDOM_PATH that one call is run again.
 */
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
// Registers the gradients, which tfjs-core alone does not.
import '@tensorflow/tfjs-layers';
import {setBackend} from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import 'mnist-wasm';
import {beforeAll, describe, expect, it} from 'vitest';
import {expectAgreement, expectGradients} from './agreement';
import {difference} from './cases/compare';
import {runCase} from './cases/run';
import type {KernelCase} from './cases/types';
import {guardHeap} from './guard';
import {reference} from './parity/pair';
import {DEFAULT_RUNS, describeCall, randomCalls} from './parity/random';
import {randomCases} from './random';
import {backend} from './running';

const {RANDOM_SEED: seed = '1', RANDOM_RUNS: runs, RANDOM_PATH: path, MNIST_WASM_FEATURES: level} = process.env;
const numRuns = path ? 1 : Number(runs ?? DEFAULT_RUNS);
const timeout = 30_000 + 100 * numRuns;

beforeAll(async () => {
  await setBackend('mnist-wasm');
  guardHeap(backend());
});

describe('random cases of', () => {
  it.for(Object.keys(randomCases))('%s', {timeout}, async (kernel) => {
    const result = await fc.check(
      fc.asyncProperty(randomCalls(kernel), check),
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
  const against = reference();
  const expected = await runCase(kernelCase, against);
  const actual = await runCase(kernelCase, 'mnist-wasm');
  const {tolerance, signedZero, gradient} = kernelCase;
  expectAgreement(difference(expected, actual, tolerance, signedZero), `tfjs-backend-${against}`);
  if (gradient) await expectGradients(kernelCase);
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
