import type {DataType, TensorInfo} from '@tensorflow/tfjs-core';
import type {Tensors} from '../../tensors.js';
import {fill} from './fill.js';
import {runUnary, type UnaryExport} from './unary.js';

const functions: Partial<Record<DataType, Partial<Record<DataType, UnaryExport>>>> = {
  float32: {int32: 'cast_f32_i32', bool: 'cast_f32_bool'},
  int32: {float32: 'cast_i32_f32', bool: 'cast_i32_bool'},
  bool: {float32: 'cast_bool_f32', int32: 'cast_bool_i32'},
};

/**
 * x in another dtype: float32 to int32 is rounded towards zero and taken modulo 2^32 as in JavaScript, bool is whether
 * x is not 0, complex64 is cast by its real part. Undefined for strings.
 */
export function cast(tensors: Tensors, x: TensorInfo, dtype: DataType): TensorInfo | undefined {
  if (x.dtype === dtype) return dtype === 'string' ? undefined : tensors.share(x, x.shape);
  if (x.dtype === 'complex64') {
    const {real} = tensors.complexParts(x);
    return dtype === 'float32' ? tensors.alias(real) : cast(tensors, real, dtype);
  }
  if (dtype === 'complex64') {
    const real = x.dtype === 'float32' ? tensors.alias(x) : cast(tensors, x, 'float32');
    return real && tensors.makeComplex(real, fill(tensors, x.shape, 'float32', 0) as TensorInfo);
  }
  const run = functions[x.dtype]?.[dtype];
  return run && runUnary(tensors, run, x, dtype);
}
