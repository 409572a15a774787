import {type TensorInfo, util} from '@tensorflow/tfjs-core';
import type {Tensors} from '../../tensors.js';
import {runBinary} from './binary.js';
import {consume} from './kernel.js';
import {matMul} from './matMul.js';
import {reduce} from './reduce.js';
import {transpose} from './transpose.js';

/** A tensor, float32 or int32, with a label for each of its dimensions; no two labels are equal. */
export interface Labelled {
  tensor: TensorInfo;
  labels: readonly number[];
}

/** The labels of two tensors by their role in a contraction, each list in the order of the result's dimensions. */
interface Roles {
  /** In both tensors and in the result. */
  batch: number[];
  /** In the first tensor only, or in the second only. */
  rows: number[];
  columns: number[];
  /** In both tensors, and summed over. */
  summed: number[];
  shapeOf(labels: readonly number[]): number[];
}

/** Sums over the dimensions whose labels are not kept; takes over the reference. */
export function sumOut(tensors: Tensors, {tensor, labels}: Labelled, isKept: (label: number) => boolean) {
  const axes = [...labels.keys()].filter((axis) => !isKept(labels[axis]));
  if (axes.length === 0) return {tensor, labels};
  const {dtype} = tensor;
  const sum = reduce(tensors, tensor, axes, false, dtype === 'int32' ? 'sum_i32' : 'sum_f32', dtype);
  return {tensor: consume(tensors, tensor, sum), labels: labels.filter(isKept)};
}

/** Transposes the tensor to the given order of its labels; takes over the reference. */
export function arrange(tensors: Tensors, {tensor, labels}: Labelled, order: readonly number[]): TensorInfo {
  const perm = order.map((label) => labels.indexOf(label));
  return consume(tensors, tensor, transpose(tensors, tensor, perm));
}

/**
 * The products of a and b, summed over the labels that both have and that are not kept; takes over both references.
 *
 * That is a batched GEMM if there is something to sum over, and more than one sum for each batch. For int32 it is not:
 * tfjs-backend-cpu takes each product modulo 2^32 before it sums.
 */
export function contract(tensors: Tensors, a: Labelled, b: Labelled, isKept: (label: number) => boolean): Labelled {
  const roles = rolesOf(a, b, isKept);
  const {batch, rows, columns, summed} = roles;
  const isProduct = a.tensor.dtype === 'float32' && summed.length > 0 && rows.length + columns.length > 0;
  if (isProduct) return {tensor: multiplyMatrices(tensors, a, b, roles), labels: [...batch, ...rows, ...columns]};
  const tensor = multiplyElements(tensors, a, b, roles);
  return sumOut(tensors, {tensor, labels: [...batch, ...rows, ...columns, ...summed]}, isKept);
}

function rolesOf(a: Labelled, b: Labelled, isKept: (label: number) => boolean): Roles {
  const sizes = new Map<number, number>();
  for (const {tensor, labels} of [a, b]) {
    for (const [dim, label] of labels.entries()) sizes.set(label, tensor.shape[dim]);
  }
  const ascending = (x: number, y: number) => x - y;
  const both = a.labels.filter((label) => b.labels.includes(label));
  return {
    batch: both.filter(isKept).sort(ascending),
    rows: a.labels.filter((label) => !both.includes(label)).sort(ascending),
    columns: b.labels.filter((label) => !both.includes(label)).sort(ascending),
    summed: both.filter((label) => !isKept(label)),
    shapeOf: (labels) => labels.map((label) => sizes.get(label) as number),
  };
}

/**
 * [batch, rows, columns] from [batch, rows, summed] and [batch, summed, columns], either of which may be stored
 * transposed.
 */
function multiplyMatrices(tensors: Tensors, a: Labelled, b: Labelled, roles: Roles): TensorInfo {
  const {batch, rows, columns, summed, shapeOf} = roles;
  const matrices = (tensor: TensorInfo, ...sides: [number[], number[]]): TensorInfo => {
    const shape = [batch, ...sides].map((labels) => util.sizeFromShape(shapeOf(labels)));
    return consume(tensors, tensor, tensors.share(tensor, shape));
  };
  // A GEMM reads either operand transposed too.
  const transposeA = isOrder(a, [...batch, ...summed, ...rows]);
  const sidesA: [number[], number[]] = transposeA ? [summed, rows] : [rows, summed];
  const transposeB = isOrder(b, [...batch, ...columns, ...summed]);
  const sidesB: [number[], number[]] = transposeB ? [columns, summed] : [summed, columns];
  const left = matrices(arrange(tensors, a, [batch, ...sidesA].flat()), ...sidesA);
  const right = matrices(arrange(tensors, b, [batch, ...sidesB].flat()), ...sidesB);
  const product = matMul(tensors, left, right, transposeA, transposeB, undefined);
  for (const tensor of [left, right]) tensors.dispose(tensor);
  return consume(tensors, product, tensors.share(product, shapeOf([...batch, ...rows, ...columns])));
}

function isOrder({labels}: Labelled, order: readonly number[]): boolean {
  return labels.every((label, dim) => label === order[dim]);
}

/** [batch, rows, columns, summed]: all products, not yet summed. */
function multiplyElements(tensors: Tensors, a: Labelled, b: Labelled, roles: Roles): TensorInfo {
  const {batch, rows, columns, summed, shapeOf} = roles;
  const ones = (labels: readonly number[]) => labels.map(() => 1);
  const left = arrange(tensors, a, [...batch, ...rows, ...summed]);
  const right = arrange(tensors, b, [...batch, ...columns, ...summed]);
  const product = runBinary(
    tensors,
    left.dtype === 'int32' ? 'multiply_i32' : 'multiply_f32',
    {...left, shape: [...shapeOf([...batch, ...rows]), ...ones(columns), ...shapeOf(summed)]},
    {...right, shape: [...shapeOf(batch), ...ones(rows), ...shapeOf([...columns, ...summed])]},
    left.dtype,
  );
  for (const tensor of [left, right]) tensors.dispose(tensor);
  return product;
}
