import {backend_util, type EinsumAttrs, Einsum as NAME, type Tensor, type TensorInfo} from '@tensorflow/tfjs-core';
import {arrange, contract, sumOut} from './shared/contract.js';
import {defineKernel} from './shared/kernel.js';

/** Sums of products of one or two tensors, as an equation of their dimensions says; float32 and int32. */
export const einsum = defineKernel<Record<string, never>, EinsumAttrs>(NAME, ({inputs, attrs: {equation}, tensors}) => {
  const list = inputs as unknown as TensorInfo[];
  if (typeof equation !== 'string') throw new Error(`Einsum: the equation is ${equation}; expected a string.`);
  // The dimensions of the result are numbered first, in their order.
  const {allDims, summedDims, idDims} = backend_util.decodeEinsumEquation(equation, list.length);
  for (const [i, {shape}] of list.entries()) {
    if (shape.length === idDims[i].length) continue;
    throw new Error(`Einsum: input ${i} of '${equation}' has ${idDims[i].length} dimensions, got shape [${shape}].`);
  }
  backend_util.checkEinsumDimSizes(allDims.length, idDims, list as Tensor[]);
  const {dtype} = list[0];
  const isNative = dtype === 'float32' || dtype === 'int32';
  if (!isNative || list.some((tensor) => tensor.dtype !== dtype)) return undefined;

  const rank = allDims.length - summedDims.length;
  const isKept = (label: number) => label < rank;
  const operands = list.map((tensor, i) => {
    const others = idDims.filter((_, j) => j !== i);
    const isNeeded = (label: number) => isKept(label) || others.some((labels) => labels.includes(label));
    return sumOut(tensors, {tensor: tensors.share(tensor, tensor.shape), labels: idDims[i]}, isNeeded);
  });
  // The operand whose labels the result begins with comes first and gives the rows of the GEMM: then the result less
  // often needs a transposition.
  operands.sort((a, b) => firstOwn(a.labels, b.labels) - firstOwn(b.labels, a.labels));
  const [first, second] = operands;
  const result = second ? contract(tensors, first, second, isKept) : first;
  return arrange(tensors, result, [...Array(rank).keys()]);
});

/** The least of the labels that `others` does not have. */
function firstOwn(labels: readonly number[], others: readonly number[]): number {
  return Math.min(...labels.filter((label) => !others.includes(label)));
}
