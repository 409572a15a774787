import {type DataType, type TensorInfo, util} from '@tensorflow/tfjs-core';
import {Opcode} from '../../../../assembly/elementwise/opcode.js';
import type {MnistWasmBackend} from '../../backend.js';

/** A tensor of one value, converted as a typed array does; undefined for strings. */
export function fill(
  backend: MnistWasmBackend,
  shape: number[],
  dtype: DataType,
  value: number,
): TensorInfo | undefined {
  if (dtype === 'string') return undefined;
  if (dtype === 'complex64') {
    const real = fill(backend, shape, 'float32', value) as TensorInfo;
    return backend.makeComplex(real, fill(backend, shape, 'float32', 0) as TensorInfo);
  }
  const n = util.sizeFromShape(shape);
  if (dtype === 'float32' && backend.defers(n)) {
    const deferred = deferFill(backend, shape, value);
    if (deferred) return deferred;
  }
  const y = backend.allocate(shape, dtype);
  if (dtype === 'float32') backend.wasm.fill_f32(backend.offset(y), n, value);
  else if (dtype === 'int32') backend.wasm.fill_i32(backend.offset(y), n, value);
  else backend.wasm.fill_bool(backend.offset(y), n, value);
  return y;
}

/** Large tensors of one value are mostly operands of something else, where one element does. */
function deferFill(backend: MnistWasmBackend, shape: number[], value: number): TensorInfo | undefined {
  const element = backend.allocate([], 'float32');
  backend.wasm.fill_f32(backend.offset(element), 1, value);
  const deferred = backend.defer(Opcode.copy_bytes, shape, [{tensor: element, period: 1}]);
  backend.disposeTensor(element);
  return deferred;
}
