/**
 * Kernels over random shapes and attributes, against the CPU backend: the shapes that nobody thought of. The seed is
 * fixed, so that a run can be repeated; RANDOM_SEED sets another, RANDOM_RUNS how many shapes each kernel gets.
 */
import '@tensorflow/tfjs-backend-cpu';
import 'mnist-wasm';
import fc, {type Arbitrary} from 'fast-check';
import {it} from 'vitest';
import {expectAgreement} from '../agreement';
import {difference} from '../cases/compare';
import {runCase} from '../cases/run';
import type {KernelCase, Tolerance} from '../cases/types';

const seed = Number(process.env.RANDOM_SEED ?? 1);
const numRuns = Number(process.env.RANDOM_RUNS ?? 150);

/**
 * For sums of up to some thousand products of both signs. The CPU backend rounds after each product where it adds into
 * its output, so two right results differ by more than either is off.
 */
export const OF_OUTPUT: Tolerance = {relative: 2e-6, of: 'output'};

export const int = (min: number, max: number) => fc.integer({min, max});
export const dtypes = fc.constantFrom('float32' as const, 'int32' as const);

/** A test that every case gives on this backend what it gives on the CPU backend. */
export function checkRandom(kernel: string, cases: Arbitrary<Omit<KernelCase, 'kernel' | 'name'>>): void {
  it(kernel, async () => {
    await fc.assert(
      fc.asyncProperty(cases, async (generated) => {
        const kernelCase: KernelCase = {...generated, kernel, name: 'random'};
        const expected = await runCase(kernelCase, 'cpu');
        const actual = await runCase(kernelCase, 'mnist-wasm');
        expectAgreement(difference(expected, actual, kernelCase.tolerance), 'the CPU backend');
      }),
      {seed, numRuns},
    );
  });
}
