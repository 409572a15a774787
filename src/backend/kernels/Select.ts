import {Select as NAME, type SelectInputs, type TensorInfo, upcastType, util} from '@tensorflow/tfjs-core';
import {elementBytes} from '../dtypes.js';
import type {Tensors} from '../tensors.js';
import {cast} from './shared/cast.js';
import {checkShape} from './shared/check.js';
import {defineKernel} from './shared/kernel.js';

/**
 * t where the condition is true, else e: element by element or, for a condition of rank 1, row by row of t and e;
 * float32, int32 and bool.
 */
export const select = defineKernel<SelectInputs>(NAME, ({inputs: {condition, t, e}, tensors}) => {
  checkShape(NAME, 'e', e, t.shape);
  const isForRows = condition.shape.length === 1 && t.shape.length > 1;
  checkShape(NAME, 'condition', condition, isForRows ? t.shape.slice(0, 1) : t.shape);
  if (condition.dtype !== 'bool' || !elementBytes(t.dtype) || !elementBytes(e.dtype)) return undefined;
  if (t.dtype === e.dtype) return choose(tensors, condition, t, e);
  const dtype = upcastType(t.dtype, e.dtype);
  const [first, second] = [t, e].map((operand) => cast(tensors, operand, dtype) as TensorInfo);
  const y = choose(tensors, condition, first, second);
  tensors.dispose(first);
  tensors.dispose(second);
  return y;
});

function choose(tensors: Tensors, condition: TensorInfo, t: TensorInfo, e: TensorInfo): TensorInfo {
  const {wasm} = tensors;
  const y = tensors.allocate(t.shape, t.dtype);
  const n = util.sizeFromShape(t.shape);
  const c = tensors.offset(condition);
  if (condition.shape.length < t.shape.length) {
    const rows = t.shape[0];
    const rowBytes = (n / rows) * elementBytes(t.dtype);
    wasm.select_rows(c, tensors.offset(t), tensors.offset(e), tensors.offset(y), rows, rowBytes);
  } else {
    const run = t.dtype === 'bool' ? wasm.select_8 : wasm.select_32;
    run(c, tensors.offset(t), tensors.offset(e), tensors.offset(y), n);
  }
  return y;
}
