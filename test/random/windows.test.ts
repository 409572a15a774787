import fc from 'fast-check';
import {describe} from 'vitest';
import type {InputSpec} from '../cases/types';
import {checkRandom, int, OF_OUTPUT} from './property';
import {convolved, filterShape, pooled, windows} from './windows';

const tolerance = OF_OUTPUT;

describe('products and convolutions of random shapes', () => {
  const length = fc.oneof({weight: 4, arbitrary: int(1, 9)}, {weight: 1, arbitrary: int(10, 70)});
  checkRandom(
    'BatchMatMul',
    fc
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
  );

  checkRandom(
    'Conv2D',
    windows.map((w) => ({
      inputs: {x: {shape: w.x}, filter: {shape: filterShape(w)}},
      attrs: {strides: w.strides, pad: w.pad, dataFormat: 'NHWC', dilations: w.dilations},
      tolerance,
    })),
  );

  const activations = fc.constantFrom('linear', 'relu', 'relu6', 'elu', 'sigmoid', 'prelu', 'leakyrelu');
  checkRandom(
    'FusedConv2D',
    fc.tuple(windows, activations, fc.boolean()).map(([w, activation, hasBias]) => {
      const inputs: Record<string, InputSpec> = {x: {shape: w.x}, filter: {shape: filterShape(w)}};
      if (hasBias) inputs.bias = {shape: [w.outputs]};
      if (activation === 'prelu') inputs.preluActivationWeights = {shape: [1, 1, w.outputs]};
      const {strides, pad, dilations} = w;
      const attrs = {strides, pad, dataFormat: 'NHWC', dilations, activation, leakyreluAlpha: 0.3};
      // relu6 and sigmoid make an output small whose terms are large.
      return {inputs, attrs, tolerance: {relative: 1e-5, of: 'output'}};
    }),
  );

  checkRandom(
    'Conv2DBackpropFilter',
    windows.map((w) => ({
      inputs: {x: {shape: w.x}, dy: {shape: convolved(w)}},
      attrs: {strides: w.strides, pad: w.pad, dataFormat: 'NHWC', filterShape: filterShape(w)},
      tolerance,
    })),
  );

  checkRandom(
    'Conv2DBackpropInput',
    windows.map((w) => ({
      inputs: {dy: {shape: convolved(w)}, filter: {shape: filterShape(w)}},
      attrs: {strides: w.strides, pad: w.pad, dataFormat: 'NHWC', inputShape: w.x},
      tolerance,
    })),
  );

  checkRandom(
    'DepthwiseConv2dNative',
    windows.map((w) => ({
      inputs: {x: {shape: w.x}, filter: {shape: [...w.filter, w.x[3], w.multiplier]}},
      attrs: {strides: w.strides, pad: w.pad, dilations: w.dilations},
      tolerance,
    })),
  );
});

describe('pools of random shapes', () => {
  const attrs = (w: typeof windows extends fc.Arbitrary<infer W> ? W : never) => ({
    filterSize: w.filter,
    strides: w.strides,
    pad: w.pad,
  });
  for (const kernel of ['MaxPool', 'AvgPool']) {
    checkRandom(
      kernel,
      windows.map((w) => ({inputs: {x: {shape: w.x}}, attrs: attrs(w), tolerance})),
    );
    checkRandom(
      `${kernel}Grad`,
      windows.map((w) => {
        const inputs: Record<string, InputSpec> = {
          dy: {shape: pooled(w)},
          // No two equal, or the gradient depends on which of them is taken for the maximum.
          input: {shape: w.x, values: 'distinct'},
        };
        if (kernel === 'MaxPool') inputs.output = {shape: pooled(w)};
        return {inputs, attrs: attrs(w), tolerance};
      }),
    );
  }
});
