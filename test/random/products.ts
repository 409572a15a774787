import fc from 'fast-check';
import type {InputSpec} from '../cases/types';
import {int, OF_OUTPUT, type RandomCases} from './types';
import {convolved, filterShape, windows} from './windows';

const tolerance = OF_OUTPUT;
const length = fc.oneof({weight: 4, arbitrary: int(1, 9)}, {weight: 1, arbitrary: int(10, 70)});
export const activations = fc.constantFrom('linear', 'relu', 'relu6', 'elu', 'sigmoid', 'prelu', 'leakyrelu');

/** Matrix products and convolutions. */
export const random: RandomCases = {
  BatchMatMul: fc
    .record({
      batch: int(0, 3),
      m: length,
      k: length,
      n: length,
      a: fc.boolean(),
      b: fc.boolean(),
      shared: fc.boolean(),
    })
    .map(({batch, m, k, n, a, b, shared}) => ({
      inputs: {
        a: {shape: [batch, ...(a ? [k, m] : [m, k])]},
        // Where one batch is empty and the other 1, the CPU backend's result has a value more than its shape.
        b: {shape: [shared && batch > 0 ? 1 : batch, ...(b ? [n, k] : [k, n])]},
      },
      attrs: {transposeA: a, transposeB: b},
      tolerance,
    })),

  Conv2D: windows.map((w) => ({
    inputs: {x: {shape: w.x}, filter: {shape: filterShape(w)}},
    attrs: {strides: w.strides, pad: w.pad, dataFormat: 'NHWC', dilations: w.dilations},
    tolerance,
  })),

  FusedConv2D: fc.tuple(windows, activations, fc.boolean()).map(([w, activation, hasBias]) => {
    const inputs: Record<string, InputSpec> = {x: {shape: w.x}, filter: {shape: filterShape(w)}};
    if (hasBias) inputs.bias = {shape: [w.outputs]};
    if (activation === 'prelu') inputs.preluActivationWeights = {shape: [1, 1, w.outputs]};
    const {strides, pad, dilations} = w;
    const attrs = {strides, pad, dataFormat: 'NHWC', dilations, activation, leakyreluAlpha: 0.3};
    // relu6 and sigmoid make an output small whose terms are large.
    return {inputs, attrs, tolerance: {relative: 1e-5, of: 'output'}};
  }),

  Conv2DBackpropFilter: windows.map((w) => ({
    inputs: {x: {shape: w.x}, dy: {shape: convolved(w)}},
    attrs: {strides: w.strides, pad: w.pad, dataFormat: 'NHWC', filterShape: filterShape(w)},
    tolerance,
  })),

  Conv2DBackpropInput: windows.map((w) => ({
    inputs: {dy: {shape: convolved(w)}, filter: {shape: filterShape(w)}},
    attrs: {strides: w.strides, pad: w.pad, dataFormat: 'NHWC', inputShape: w.x},
    tolerance,
  })),
};
