import {type DataType, type TensorInfo, util} from '@tensorflow/tfjs-core';
import {Opcode} from '../../../../assembly/elementwise/opcode.js';
import type {Tensors} from '../../tensors.js';

/** A tensor filled with one value, converted as a typed array does; undefined for strings. */
export function fill(tensors: Tensors, shape: number[], dtype: DataType, value: number): TensorInfo | undefined {
  if (dtype === 'string') return undefined;
  if (dtype === 'complex64') {
    const real = fill(tensors, shape, 'float32', value) as TensorInfo;
    return tensors.makeComplex(real, fill(tensors, shape, 'float32', 0) as TensorInfo);
  }
  const n = util.sizeFromShape(shape);
  if (dtype === 'float32' && tensors.defers(n)) {
    const deferred = deferFill(tensors, shape, value);
    if (deferred) return deferred;
  }
  const y = tensors.allocate(shape, dtype);
  if (dtype === 'float32') tensors.wasm.fill_f32(tensors.offset(y), n, value);
  else if (dtype === 'int32') tensors.wasm.fill_i32(tensors.offset(y), n, value);
  else tensors.wasm.fill_bool(tensors.offset(y), n, value);
  return y;
}

/** Large filled tensors are mostly operands of something else, which can read one element instead. */
function deferFill(tensors: Tensors, shape: number[], value: number): TensorInfo | undefined {
  const element = tensors.allocate([], 'float32');
  tensors.wasm.fill_f32(tensors.offset(element), 1, value);
  const deferred = tensors.defer(Opcode.copy_bytes, shape, [{tensor: element, period: 1}]);
  tensors.dispose(element);
  return deferred;
}
