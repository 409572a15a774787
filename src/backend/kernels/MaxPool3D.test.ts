import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import 'mnist-wasm';
import {backend_util} from '@tensorflow/tfjs-core';
import {describe, expect, it} from 'vitest';
import {expectAgreement} from '../../../test/agreement';
import {difference} from '../../../test/cases/compare';
import {runCase} from '../../../test/cases/run';
import type {KernelCase} from '../../../test/cases/types';

/**
 * tfjs-backend-cpu numbers the rows of a window as if it were as wide as it is high. Where it is not, gradients are
 * lost or given to other elements, so that tfjs-backend-wasm is what such windows are compared with.
 */
describe('the gradient of MaxPool3D, windows of another width than height', () => {
  it.for([
    [[1, 3, 2], 1, 'valid'],
    [[2, 2, 3], 2, 'same'],
    [[2, 2, 4], 1, 'same'],
    [[3, 4, 1], 2, 1],
  ] as const)('%j by %d %s', async ([[...filterSize], strides, pad]) => {
    const shape: [number, number, number, number, number] = [2, 3, 5, 6, 5];
    const {outShape} = backend_util.computePool3DInfo(shape, filterSize, strides, 1, pad);
    const dy = {shape: outShape};
    const kernelCase: KernelCase = {
      kernel: 'MaxPool3DGrad',
      name: 'gradient',
      inputs: {dy, input: {shape, values: 'positive'}, output: dy},
      attrs: {filterSize, strides, pad},
    };
    const actual = await runCase(kernelCase, 'mnist-wasm');
    const tolerance = {relative: 1e-6, of: 'output'} as const;
    expectAgreement(difference(await runCase(kernelCase, 'wasm'), actual, tolerance), 'tfjs-backend-wasm');
    expect(
      difference(await runCase(kernelCase, 'cpu'), actual, tolerance),
      'tfjs-backend-cpu agrees now',
    ).toBeDefined();
  });
});
