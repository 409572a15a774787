import {setBackend} from '@tensorflow/tfjs-core';
import {expect} from 'vitest';
import {difference} from './cases/compare';
import {finiteDifferences, gradients} from './cases/gradients';
import type {KernelCase, Tolerance} from './cases/types';
import {type Outcome, reference} from './parity/pair';

/** Fails with what `difference` found, in one line and in full. */
export function expectAgreement(found: string | undefined, reference: string): void {
  if (found !== undefined) expect.fail(`differs from ${reference}: ${found}`);
}

/** Fails where a case has not the same results on both backends, or none. */
export function expectSame({status, message, cause}: Outcome, reference: string): void {
  if (status !== 'agrees') throw new Error(`differs from ${reference}: ${message}`, {cause});
}

/** What rounding leaves where the terms of a gradient cancel; and of differences, over the step in gradients.ts. */
const ROUNDING = 1e-6;
const DIFFERENCES = 1e-5;

/** Fails where the gradients of a case are not those of the CPU backend, or not those of finite differences. */
export async function expectGradients(kernelCase: KernelCase): Promise<void> {
  await setBackend('mnist-wasm');
  const actual = gradients(kernelCase);
  if (!kernelCase.wrongGradient) {
    await setBackend(reference());
    expectAgreement(
      difference(gradients(kernelCase), actual, {relative: 1e-5, absolute: ROUNDING, of: 'output'}),
      "the CPU backend's gradient",
    );
    await setBackend('mnist-wasm');
  }
  const relative = kernelCase.gradientTolerance ?? 2e-3;
  const expected = finiteDifferences(kernelCase);
  const tolerance: Tolerance = {relative, absolute: DIFFERENCES, of: 'output'};
  expectAgreement(difference(expected, actual, tolerance), 'finite differences');
}
