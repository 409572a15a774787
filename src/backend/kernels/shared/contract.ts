import {type TensorInfo, util} from '@tensorflow/tfjs-core';
import type {MnistWasmBackend} from '../../backend.js';
import {runBinary} from './binary.js';
import {consume} from './kernel.js';
import {matMul} from './matMul.js';
import {reduce} from './reduce.js';
import {transpose} from './transpose.js';

/** A tensor, float32 or int32, and a label for each of its dimensions, no two alike. */
export interface Labelled {
  tensor: TensorInfo;
  labels: readonly number[];
}

/** The labels of two tensors by what becomes of them, each in the order that results have. */
interface Roles {
  /** In both and in the result. */
  batch: number[];
  /** In the first, or the second, alone. */
  rows: number[];
  columns: number[];
  /** In both and summed over. */
  summed: number[];
  shapeOf(labels: readonly number[]): number[];
}

/** The sum over the dimensions whose labels are not to be kept; takes over the reference. */
export function sumOut({tensor, labels}: Labelled, isKept: (label: number) => boolean, backend: MnistWasmBackend) {
  const axes = [...labels.keys()].filter((axis) => !isKept(labels[axis]));
  if (axes.length === 0) return {tensor, labels};
  const {dtype} = tensor;
  const sum = reduce(backend, tensor, axes, false, dtype === 'int32' ? 'sum_i32' : 'sum_f32', dtype);
  return {tensor: consume(tensor, sum, backend), labels: labels.filter(isKept)};
}

/** The tensor with its dimensions in the order of the given labels, all of its own; takes over the reference. */
export function arrange({tensor, labels}: Labelled, order: readonly number[], backend: MnistWasmBackend): TensorInfo {
  const perm = order.map((label) => labels.indexOf(label));
  return consume(tensor, transpose(backend, tensor, perm), backend);
}

/**
 * The products of a and b, summed over the labels of both that are not to be kept; takes over both references.
 *
 * That is a batched matrix product where there is something to sum over and more than one sum for each batch. Of int32
 * it is not: tfjs-backend-cpu wraps each product before it sums.
 */
export function contract(
  a: Labelled,
  b: Labelled,
  isKept: (label: number) => boolean,
  backend: MnistWasmBackend,
): Labelled {
  const roles = rolesOf(a, b, isKept);
  const {batch, rows, columns, summed} = roles;
  const isProduct = a.tensor.dtype === 'float32' && summed.length > 0 && rows.length + columns.length > 0;
  if (isProduct) return {tensor: multiplyMatrices(a, b, roles, backend), labels: [...batch, ...rows, ...columns]};
  const tensor = multiplyElements(a, b, roles, backend);
  return sumOut({tensor, labels: [...batch, ...rows, ...columns, ...summed]}, isKept, backend);
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

/** [batch, rows, columns] from [batch, rows, summed] and [batch, summed, columns], however they are stored. */
function multiplyMatrices(a: Labelled, b: Labelled, roles: Roles, backend: MnistWasmBackend): TensorInfo {
  const {batch, rows, columns, summed, shapeOf} = roles;
  const matrices = (tensor: TensorInfo, ...sides: [number[], number[]]): TensorInfo => {
    const shape = [batch, ...sides].map((labels) => util.sizeFromShape(shapeOf(labels)));
    return consume(tensor, backend.share(tensor, shape), backend);
  };
  // A matrix product reads either side transposed too.
  const transposeA = isOrder(a, [...batch, ...summed, ...rows]);
  const sidesA: [number[], number[]] = transposeA ? [summed, rows] : [rows, summed];
  const transposeB = isOrder(b, [...batch, ...columns, ...summed]);
  const sidesB: [number[], number[]] = transposeB ? [columns, summed] : [summed, columns];
  const left = matrices(arrange(a, [batch, ...sidesA].flat(), backend), ...sidesA);
  const right = matrices(arrange(b, [batch, ...sidesB].flat(), backend), ...sidesB);
  const product = matMul(left, right, transposeA, transposeB, undefined, backend);
  for (const tensor of [left, right]) backend.disposeTensor(tensor);
  return consume(product, backend.share(product, shapeOf([...batch, ...rows, ...columns])), backend);
}

function isOrder({labels}: Labelled, order: readonly number[]): boolean {
  return labels.every((label, dim) => label === order[dim]);
}

/** [batch, rows, columns, summed]: all products, before they are summed. */
function multiplyElements(a: Labelled, b: Labelled, roles: Roles, backend: MnistWasmBackend): TensorInfo {
  const {batch, rows, columns, summed, shapeOf} = roles;
  const ones = (labels: readonly number[]) => labels.map(() => 1);
  const left = arrange(a, [...batch, ...rows, ...summed], backend);
  const right = arrange(b, [...batch, ...columns, ...summed], backend);
  const product = runBinary(
    backend,
    left.dtype === 'int32' ? 'multiply_i32' : 'multiply_f32',
    {...left, shape: [...shapeOf([...batch, ...rows]), ...ones(columns), ...shapeOf(summed)]},
    {...right, shape: [...shapeOf(batch), ...ones(rows), ...shapeOf([...columns, ...summed])]},
    left.dtype,
  );
  for (const tensor of [left, right]) backend.disposeTensor(tensor);
  return product;
}
