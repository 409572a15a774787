import type {DataType} from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import type {InputSpec, ValueKind} from '../cases/types';
import {activatedTolerance, activationAttrs, activations, broadcastable, factors, sumTolerance} from './factors';
import {anyNumber, int, OF_OUTPUT, type RandomCase, type RandomCases, withGradient} from './types';

const length = fc.oneof(
  {weight: 30, arbitrary: int(1, 9)},
  {weight: 8, arbitrary: int(10, 70)},
  // More than one block of rows.
  {weight: 1, arbitrary: int(110, 140)},
  {weight: 1, arbitrary: fc.constant(0)},
);

interface Product {
  transposeA: boolean;
  transposeB: boolean;
  batch: number[];
  m: number;
  k: number;
  n: number;
}

const products: fc.Arbitrary<Product> = fc.record({
  transposeA: fc.boolean(),
  transposeB: fc.boolean(),
  batch: fc.oneof({weight: 2, arbitrary: fc.constant<number[]>([])}, fc.array(int(1, 3), {maxLength: 3})),
  m: length,
  // Now and then more than one block of steps.
  k: fc.oneof({weight: 40, arbitrary: length}, {weight: 1, arbitrary: int(510, 530)}),
  n: length,
});

/** The shapes of both matrices; either may have fewer batches than there are. */
function matrices({transposeA, transposeB, batch, m, k, n}: Product, random: () => number): [number[], number[]] {
  // What is repeated stands before what is not: otherwise the CPU backend takes the wrong matrices.
  const repeated = random() % (batch.length + 1);
  const fewer = random() % 2 ? batch.slice(repeated) : batch.map((size, i) => (i < repeated ? 1 : size));
  const [batchA, batchB] = [
    [batch, batch],
    [batch, fewer],
    [fewer, batch],
  ][random() % 3];
  return [
    [...batchA, ...(transposeA ? [k, m] : [m, k])],
    [...batchB, ...(transposeB ? [n, k] : [k, n])],
  ];
}

const matMul = fc
  .tuple(products, factors, fc.boolean(), anyNumber)
  .map(([product, kinds, swap, random]): RandomCase => {
    const [a, b] = matrices(product, random);
    const {transposeA, transposeB} = product;
    return {
      inputs: {a: {shape: a, values: kinds[swap ? 1 : 0]}, b: {shape: b, values: kinds[swap ? 0 : 1]}},
      attrs: {transposeA, transposeB},
      tolerance: sumTolerance(kinds),
    };
  });

/** int32 and bool, whose products the CPU backend sums in double; few values overflow that. */
const wholeMatMul = fc
  .tuple(
    products,
    fc.constantFrom<DataType>('int32', 'bool'),
    fc.constantFrom('normal' as const, 'extreme' as const),
    anyNumber,
  )
  .map(([product, dtype, drawn, random]): RandomCase => {
    const [a, b] = matrices(product, random);
    const {transposeA, transposeB} = product;
    const values: ValueKind = dtype === 'int32' ? drawn : 'normal';
    return {inputs: {a: {shape: a, dtype, values}, b: {shape: b, dtype, values}}, attrs: {transposeA, transposeB}};
  });

const smallMatMul = fc
  .record({
    transposeA: fc.boolean(),
    transposeB: fc.boolean(),
    batch: fc.array(int(1, 2), {maxLength: 2}),
    m: int(1, 3),
    k: int(1, 3),
    n: int(1, 3),
  })
  .map((product): RandomCase => {
    // tfjs's gradient does not sum over repeated batches.
    const [a, b] = matrices(product, () => 0);
    const {transposeA, transposeB} = product;
    return {inputs: {a: {shape: a}, b: {shape: b}}, attrs: {transposeA, transposeB}, tolerance: OF_OUTPUT};
  });

const fusedMatMul = fc
  .tuple(products, factors, activations, fc.boolean(), anyNumber)
  .map(([product, kinds, activation, hasBias, random]): RandomCase => {
    const {transposeA, transposeB, batch, m, n} = product;
    const [a, b] = matrices(product, random);
    const result = [...batch, m, n];
    const inputs: Record<string, InputSpec> = {a: {shape: a, values: kinds[0]}, b: {shape: b, values: kinds[1]}};
    // The kernel starts its sums from a bias of one row.
    if (hasBias) inputs.bias = {shape: random() % 2 ? [n] : broadcastable(result, random), values: 'exact'};
    if (activation === 'prelu') inputs.preluActivationWeights = {shape: broadcastable(result, random), values: 'exact'};
    const attrs = {transposeA, transposeB, ...activationAttrs(activation)};
    return {inputs, attrs, tolerance: activatedTolerance(kinds)};
  });

const wholeFusedMatMul = fc
  .tuple(products, activations, fc.boolean())
  .map(([{batch, m, k, n}, activation, hasBias]): RandomCase => {
    const inputs: Record<string, InputSpec> = {
      a: {shape: [...batch, m, k], dtype: 'int32'},
      b: {shape: [...batch, k, n], dtype: 'int32'},
    };
    if (hasBias) inputs.bias = {shape: [n], dtype: 'int32'};
    if (activation === 'prelu') inputs.preluActivationWeights = {shape: [n], dtype: 'int32'};
    const attrs = {transposeA: false, transposeB: false, ...activationAttrs(activation)};
    // relu6 and sigmoid make an output small whose terms are large.
    return {inputs, attrs, tolerance: {relative: 1e-5, of: 'output'}};
  });

/** Matrix products. */
export const random: RandomCases = {
  BatchMatMul: fc.oneof({weight: 4, arbitrary: withGradient(matMul, smallMatMul)}, {weight: 1, arbitrary: wholeMatMul}),
  _FusedMatMul: fc.oneof({weight: 4, arbitrary: fusedMatMul}, {weight: 1, arbitrary: wholeFusedMatMul}),
};
