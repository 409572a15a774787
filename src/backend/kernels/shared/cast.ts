import type {DataType, TensorInfo} from '@tensorflow/tfjs-core';
import type {MnistWasmBackend} from '../../backend.js';
import {fill} from './fill.js';
import {runUnary, type UnaryExport} from './unary.js';

const functions: Partial<Record<DataType, Partial<Record<DataType, UnaryExport>>>> = {
  float32: {int32: 'cast_f32_i32', bool: 'cast_f32_bool'},
  int32: {float32: 'cast_i32_f32', bool: 'cast_i32_bool'},
  bool: {float32: 'cast_bool_f32', int32: 'cast_bool_i32'},
};

/**
 * x in another dtype: floats to int32 towards zero and modulo 2^32 as JavaScript has it, to bool whether not 0,
 * complex64 by its real part; undefined for strings.
 */
export function cast(backend: MnistWasmBackend, x: TensorInfo, dtype: DataType): TensorInfo | undefined {
  if (x.dtype === dtype) return dtype === 'string' ? undefined : backend.share(x, x.shape);
  if (x.dtype === 'complex64') {
    const {real} = backend.complexParts(x);
    return dtype === 'float32' ? backend.alias(real) : cast(backend, real, dtype);
  }
  if (dtype === 'complex64') {
    const real = x.dtype === 'float32' ? backend.alias(x) : cast(backend, x, 'float32');
    return real && backend.makeComplex(real, fill(backend, x.shape, 'float32', 0) as TensorInfo);
  }
  const run = functions[x.dtype]?.[dtype];
  return run && runUnary(backend, run, x, dtype);
}
