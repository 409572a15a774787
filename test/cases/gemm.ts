import type {KernelCase, Tolerance} from './types';

/** Sums of terms of both signs: an element's error is that of the terms, whatever is left of them. */
const tolerance: Tolerance = {relative: 2e-6, of: 'output'};

const transposes = [
  [false, false],
  [true, false],
  [false, true],
  [true, true],
] as const;

interface Product {
  m: number;
  n: number;
  k: number;
  batchA?: number[];
  batchB?: number[];
}

/** One product under all four transposes. */
function products(name: string, {m, n, k, batchA = [], batchB = []}: Product, options = {}): KernelCase[] {
  return transposes.map(([transposeA, transposeB]) => ({
    kernel: 'BatchMatMul',
    name: `${name} ${transposeA ? 'A^T' : 'A'} ${transposeB ? 'B^T' : 'B'}`,
    inputs: {
      a: {shape: [...batchA, ...(transposeA ? [k, m] : [m, k])]},
      b: {shape: [...batchB, ...(transposeB ? [n, k] : [k, n])]},
    },
    attrs: {transposeA, transposeB},
    tolerance,
    flops: 2 * m * n * k,
    ...options,
  }));
}

function fused(name: string, attrs: object, inputs: KernelCase['inputs'], options = {}): KernelCase {
  return {
    kernel: '_FusedMatMul',
    name,
    // Three dimensions, as tf.fused.matMul gives them: with two, tfjs-backend-wasm traps.
    inputs: {a: {shape: [1, 7, 5]}, b: {shape: [1, 5, 11]}, ...inputs},
    attrs: {transposeA: false, transposeB: false, ...attrs},
    tolerance,
    ...options,
  };
}

/** Products of integers, batched and not, under all four transposes; bool is summed modulo 2^8. */
const integers: readonly KernelCase[] = (['int32', 'bool'] as const).flatMap((dtype) => {
  const ofDtype = (c: KernelCase): KernelCase => {
    const inputs = Object.entries(c.inputs).map(([name, spec]) => [name, {...spec, dtype}]);
    return {...c, name: `${dtype} ${c.name}`, inputs: Object.fromEntries(inputs)};
  };
  return [
    ...[1, 2, 3, 4, 5, 7, 8, 9, 17].flatMap((size) => [
      ...products(`${size} columns`, {m: 3, n: size, k: 5}),
      ...products(`${size} steps`, {m: 3, n: 5, k: size}),
    ]),
    ...products('many steps', {m: 5, n: 6, k: 700}),
    ...products('no rows', {m: 0, n: 3, k: 4}),
    ...products('no steps give zeros', {m: 3, n: 5, k: 0}),
    ...products('batches', {m: 7, n: 9, k: 5, batchA: [3], batchB: [3]}),
    ...products('one A for all', {m: 7, n: 9, k: 5, batchA: [1], batchB: [3]}),
    ...products('one B for all', {m: 7, n: 9, k: 5, batchA: [2, 3], batchB: [1, 1]}),
    fused('a bias', {}, {bias: {shape: [11]}}),
    ...['relu', 'relu6', 'elu', 'sigmoid', 'leakyrelu', 'prelu'].map((activation) =>
      fused(
        activation,
        {activation, leakyreluAlpha: 0.3},
        activation === 'prelu' ? {preluActivationWeights: {shape: [11]}} : {},
      ),
    ),
  ].map(ofDtype);
});

/** Products that no double holds exactly, which are summed 48 at a time. */
const largeIntegers: readonly KernelCase[] = products('large int32', {m: 9, n: 10, k: 130}).map((c) => ({
  ...c,
  inputs: Object.fromEntries(
    Object.entries(c.inputs).map(([name, spec]) => [name, {...spec, dtype: 'int32', values: 'extreme'}]),
  ),
}));

const bench = {bench: true, test: false};

export const cases: readonly KernelCase[] = [
  // Tile edges: 6 or 5 rows and 8 columns, each with every remainder.
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13].flatMap((size) => [
    ...products(`${size} rows`, {m: size, n: 19, k: 6}),
    ...products(`${size} columns`, {m: 13, n: size, k: 7}),
    ...products(`${size} steps`, {m: 9, n: 9, k: size}),
  ]),
  ...products('a single element', {m: 1, n: 1, k: 1}, {gradient: true}),
  ...products('a small product', {m: 3, n: 5, k: 4}, {gradient: true}),
  // Blocks: more than KC = 512 steps, MC = 120 rows, NC = 1024 columns.
  ...products('several blocks of k', {m: 14, n: 12, k: 700}),
  ...products('several blocks of rows', {m: 250, n: 70, k: 20}),
  ...products('several blocks of columns', {m: 30, n: 1100, k: 12}),
  ...products('several blocks of everything', {m: 130, n: 1030, k: 530}),
  ...products('no rows', {m: 0, n: 3, k: 4}),
  ...products('no columns', {m: 3, n: 0, k: 4}),
  ...products('no steps give zeros', {m: 3, n: 5, k: 0}, {tfjsWasm: {skip: 'it leaves the result unwritten'}}),
  ...products('batches', {m: 7, n: 9, k: 5, batchA: [3], batchB: [3]}),
  ...products('batches of two dimensions', {m: 2, n: 3, k: 4, batchA: [2, 3], batchB: [2, 3]}),
  ...products('one A for all', {m: 7, n: 9, k: 5, batchA: [1], batchB: [3]}),
  ...products('one B for all', {m: 7, n: 9, k: 5, batchA: [3], batchB: [1]}),
  {
    kernel: 'BatchMatMul',
    name: 'special values reach only their row and column',
    inputs: {
      a: {shape: [9, 4], values: [...Array(32).fill(1), Number.NaN, Number.POSITIVE_INFINITY, 0, -0]},
      b: {shape: [4, 9]},
    },
    attrs: {transposeA: false, transposeB: false},
    tolerance,
  },
  {
    kernel: 'BatchMatMul',
    name: 'inner shapes that differ',
    inputs: {a: {shape: [2, 3]}, b: {shape: [4, 2]}},
    attrs: {transposeA: false, transposeB: false},
    throws: /inner shapes \(3\) and \(4\)/,
  },
  fused('a bias', {}, {bias: {shape: [11]}}),
  fused('a scalar bias', {}, {bias: {shape: []}}),
  fused('a bias of one value', {}, {bias: {shape: [1]}}),
  fused('a bias of the shape of the result', {}, {bias: {shape: [7, 11]}}),
  ...['linear', 'relu', 'relu6', 'elu', 'sigmoid'].flatMap((activation) => [
    fused(`${activation}`, {activation}, {}),
    fused(`a bias and ${activation}`, {activation}, {bias: {shape: [11]}}),
  ]),
  fused('leakyrelu', {activation: 'leakyrelu', leakyreluAlpha: 0.3}, {bias: {shape: [11]}}),
  fused('prelu', {activation: 'prelu'}, {bias: {shape: [11]}, preluActivationWeights: {shape: [11]}}),
  fused(
    'batches with a bias',
    {activation: 'relu'},
    {a: {shape: [3, 4, 5]}, b: {shape: [3, 5, 6]}, bias: {shape: [6]}},
    {tfjsWasm: {skip: 'it reads a bias of its own for each batch, past the end of the one there is'}},
  ),
  fused(
    'transposed with a bias',
    {transposeA: true, transposeB: true},
    {a: {shape: [1, 5, 7]}, b: {shape: [1, 11, 5]}, bias: {shape: [11]}},
  ),
  ...integers,
  ...largeIntegers,
  ...[256, 512, 1024].flatMap((size) => products(`${size}`, {m: size, n: size, k: size}, bench)),
];
