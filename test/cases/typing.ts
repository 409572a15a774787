import {emptyShapes, oddShapes, tails} from './sweeps';
import type {InputSpec, KernelCase} from './types';

const shapes: readonly (readonly number[])[] = [...tails.map((n) => [n]), ...oddShapes, ...emptyShapes];
const numeric = ['float32', 'int32', 'bool'] as const;
const complex = 'complex64';
const everyDtype = [...numeric, complex] as const;

const casts: readonly KernelCase[] = everyDtype.flatMap((from) =>
  everyDtype.flatMap((dtype): KernelCase[] => {
    const narrows = dtype === 'bool' && (from === 'float32' || from === 'int32');
    const inputs: InputSpec[] = (narrows ? [[67], [0]] : shapes).map((shape) => ({shape, dtype: from}));
    // int32 that became float32 keeps bits on the CPU backend that float32 has no room for.
    const exceeds = from === 'int32' && (dtype === 'float32' || dtype === complex);
    if (from !== 'bool' && from !== complex && !exceeds) inputs.push({shape: [150], dtype: from, values: 'special'});
    return inputs.map((x) => ({
      kernel: 'Cast',
      name: `${from} to ${dtype} [${x.shape}] ${x.values ?? ''}`,
      inputs: {x},
      attrs: {dtype},
      signedZero: true,
      tolerance: {ulp: 0},
      tfjsWasm: narrows && x.shape[0] > 0 ? {differs: 'it takes the first bytes for bools'} : undefined,
      gradient: from === 'float32' && dtype === 'float32' && x.shape.length === 2,
    }));
  }),
);

const fills: readonly KernelCase[] = [
  ...shapes.flatMap((shape): KernelCase[] => [
    {kernel: 'Fill', name: `[${shape}]`, inputs: {}, attrs: {shape: [...shape], value: -2.5, dtype: 'float32'}},
    {kernel: 'Fill', name: `int32 [${shape}]`, inputs: {}, attrs: {shape: [...shape], value: -7, dtype: 'int32'}},
    {kernel: 'Fill', name: `bool [${shape}]`, inputs: {}, attrs: {shape: [...shape], value: 1, dtype: 'bool'}},
  ]),
  {kernel: 'Fill', name: 'NaN', inputs: {}, attrs: {shape: [3], value: Number.NaN, dtype: 'float32'}},
  {kernel: 'Fill', name: '-0', inputs: {}, attrs: {shape: [3], value: -0, dtype: 'float32'}, signedZero: true},
  {kernel: 'Fill', name: 'a fraction as int32', inputs: {}, attrs: {shape: [3], value: 2.9, dtype: 'int32'}},
  {kernel: 'Fill', name: 'no dtype', inputs: {}, attrs: {shape: [3], value: 4}},
  ...['ZerosLike', 'OnesLike'].flatMap((kernel) =>
    everyDtype.flatMap((dtype) =>
      [...oddShapes, ...emptyShapes].map((shape) => ({
        kernel,
        name: `${dtype} [${shape}]`,
        inputs: {x: {shape, dtype}},
      })),
    ),
  ),
];

const parts = [...oddShapes, ...emptyShapes].flatMap((shape): KernelCase[] => [
  {kernel: 'Real', name: `[${shape}]`, inputs: {input: {shape, dtype: complex}}},
  {kernel: 'Imag', name: `[${shape}]`, inputs: {input: {shape, dtype: complex}}},
  {kernel: 'Complex', name: `[${shape}]`, inputs: {real: {shape}, imag: {shape}}},
  {kernel: 'ComplexAbs', name: `[${shape}]`, inputs: {x: {shape, dtype: complex}}, tolerance: {ulp: 1}},
]);

const selections: readonly KernelCase[] = [
  // tfjs-backend-wasm reads beyond its memory for bool: src/backend/kernels/Select.test.ts has those.
  ...(['float32', 'int32'] as const).flatMap((dtype) =>
    shapes.map((shape) => ({
      kernel: 'Select',
      name: `${dtype} [${shape}]`,
      inputs: {condition: {shape, dtype: 'bool' as const}, t: {shape, dtype}, e: {shape, dtype}},
      tolerance: {ulp: 0},
      gradient: dtype === 'float32' && shape.length === 2 && !shape.includes(0) && ['t', 'e'],
    })),
  ),
  {
    kernel: 'Select',
    name: 'special values',
    inputs: {
      condition: {shape: [150], dtype: 'bool'},
      t: {shape: [150], values: 'special'},
      e: {shape: [150], values: 'special'},
    },
    signedZero: true,
  },
  {
    // The CPU backend takes the wrong elements here, unless all are equal; src/backend/kernels/Select.test.ts has others.
    kernel: 'Select',
    name: 'rows',
    inputs: {
      condition: {shape: [5], dtype: 'bool'},
      t: {shape: [5, 3], values: Array(15).fill(2)},
      e: {shape: [5, 3], values: Array(15).fill(-3)},
    },
  },
  {
    kernel: 'Select',
    name: 'two dtypes',
    inputs: {condition: {shape: [21], dtype: 'bool'}, t: {shape: [21]}, e: {shape: [21], dtype: 'int32'}},
    tfjsWasm: {differs: 'it takes the bits of int32 for those of float32'},
  },
];

const specialMagnitudes: KernelCase = {
  kernel: 'ComplexAbs',
  name: 'special values',
  inputs: {x: {shape: [400], dtype: complex, values: 'special'}},
  tolerance: {ulp: 1},
};

/** Kernels that make, choose or convert values without computing any; and the magnitudes of complex ones. */
export const cases: readonly KernelCase[] = [...casts, ...fills, ...parts, specialMagnitudes, ...selections];
