import {type BinaryInputs, Pow as NAME, type TensorInfo, util} from '@tensorflow/tfjs-core';
import type {Tensors} from '../tensors.js';
import {runBinary} from './shared/binary.js';
import {broadcast} from './shared/broadcast.js';
import {defineKernel} from './shared/kernel.js';

/** a^b; float32, and int32: the low 32 bits of Math.pow's. */
export const pow = defineKernel<BinaryInputs>(NAME, ({inputs: {a, b}, tensors}) => {
  if (a.dtype !== b.dtype) return undefined;
  if (a.dtype === 'float32') return runBinary(tensors, 'pow_f32', a, b, 'float32');
  return a.dtype === 'int32' ? powInt32(tensors, a, b) : undefined;
});

/** In JavaScript: past 2^53 the low bits depend on how Math.pow rounds. Undefined for what is no scalar, row or matrix. */
function powInt32(tensors: Tensors, a: TensorInfo, b: TensorInfo): TensorInfo | undefined {
  const {shape, periodA, periodB, params} = broadcast(a.shape, b.shape);
  if (params) return undefined;
  const y = tensors.allocate(shape, 'int32');
  const [x, exponents, to] = [tensors.view(a), tensors.view(b), tensors.writable(y)];
  const n = util.sizeFromShape(shape);
  const [endA, endB] = [periodA || n, periodB || n];
  for (let i = 0, j = 0, k = 0; i < n; i++) {
    to[i] = x[j] ** exponents[k];
    if (++j === endA) j = 0;
    if (++k === endB) k = 0;
  }
  return y;
}
