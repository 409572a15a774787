/**
 * Kernels over random shapes and attributes, against the CPU backend (or -wasm, for what that lacks): the shapes that nobody thought of. The seed is
 * fixed, so that a run can be repeated; RANDOM_SEED sets another, RANDOM_RUNS how many shapes each kernel gets.
 */
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import 'mnist-wasm';
import {getKernel} from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import {describe, it} from 'vitest';
import {expectAgreement} from './agreement';
import {difference} from './cases/compare';
import {runCase} from './cases/run';
import {randomCases} from './random';

const seed = Number(process.env.RANDOM_SEED ?? 1);
const numRuns = Number(process.env.RANDOM_RUNS ?? 200);

describe('random cases of', () => {
  it.for(Object.entries(randomCases))('%s', async ([kernel, cases]) => {
    const reference = getKernel(kernel, 'cpu') ? 'cpu' : 'wasm';
    await fc.assert(
      fc.asyncProperty(cases, async (generated) => {
        const kernelCase = {...generated, kernel, name: 'random'};
        const expected = await runCase(kernelCase, reference);
        const actual = await runCase(kernelCase, 'mnist-wasm');
        expectAgreement(difference(expected, actual, kernelCase.tolerance), `tfjs-backend-${reference}`);
      }),
      {seed, numRuns},
    );
  });
});
