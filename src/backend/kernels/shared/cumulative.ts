import {
  type CumsumAttrs,
  type CumsumInputs,
  type KernelConfig,
  type TensorInfo,
  upcastType,
  util,
} from '@tensorflow/tfjs-core';
import {elementBytes} from '../../dtypes.js';
import {cast} from './cast.js';
import {axisOf} from './check.js';
import {defineKernel} from './kernel.js';

interface CumulativeFunctions {
  float32: 'cumsum_f32' | 'cumprod_f32';
  int32: 'cumsum_i32' | 'cumprod_i32';
}

/** A running sum or product along an axis, negative axes counted from the last; that of bool is int32. */
export function cumulativeKernel(kernelName: string, functions: CumulativeFunctions): KernelConfig {
  return defineKernel<CumsumInputs, CumsumAttrs>(kernelName, ({inputs: {x}, attrs, tensors}) => {
    const axis = axisOf(kernelName, attrs.axis, x.shape);
    if (!elementBytes(x.dtype)) return undefined;
    const dtype = upcastType(x.dtype, 'int32') as keyof CumulativeFunctions;
    const [isExclusive, isReverse] = [Boolean(attrs.exclusive), Boolean(attrs.reverse)];
    const y = tensors.allocate(x.shape, dtype);
    const values = cast(tensors, x, dtype) as TensorInfo;
    const outer = util.sizeFromShape(x.shape.slice(0, axis));
    const inner = util.sizeFromShape(x.shape.slice(axis + 1));
    const [from, to] = [tensors.offset(values), tensors.offset(y)];
    if (outer * inner > 0) {
      tensors.wasm[functions[dtype]](from, to, outer, x.shape[axis], inner, isExclusive, isReverse);
    }
    tensors.dispose(values);
    return y;
  });
}
