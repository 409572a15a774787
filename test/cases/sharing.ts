import {oddShapes} from './sweeps';
import type {InputSpec, KernelCase} from './types';

const inputs: readonly InputSpec[] = [
  ...oddShapes.map((shape) => ({shape})),
  {shape: [0, 3]},
  {shape: [50], values: 'special'},
  {shape: [30], dtype: 'int32', values: 'extreme'},
  {shape: [2, 9], dtype: 'bool'},
];

/** Identity and Reshape: the same bytes under one more reference. */
export const cases: readonly KernelCase[] = [
  ...inputs.map((x) => ({
    kernel: 'Identity',
    name: `${x.dtype ?? 'float32'} [${x.shape}] ${x.values ?? ''}`,
    inputs: {x},
    signedZero: true,
    gradient: x.shape.length === 2 && !x.dtype,
  })),
  ...inputs.map((x) => ({
    kernel: 'Reshape',
    name: `${x.dtype ?? 'float32'} [${x.shape}] ${x.values ?? ''} to [1, -1]`,
    inputs: {x},
    // -1 cannot be inferred from no elements.
    attrs: {shape: x.shape.includes(0) ? [1, 0] : [1, -1]},
    signedZero: true,
    gradient: x.shape.length === 2 && !x.dtype,
  })),
  {kernel: 'Reshape', name: 'to a scalar', inputs: {x: {shape: [1, 1]}}, attrs: {shape: []}},
  {
    kernel: 'Reshape',
    name: 'to another size',
    inputs: {x: {shape: [2, 3]}},
    attrs: {shape: [4]},
    throws: /Size\(6\) must match the product of shape 4/,
  },
];
