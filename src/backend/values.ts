import {type BackendValues, backend_util, type DataType, type TensorInfo, util} from '@tensorflow/tfjs-core';
import type {HeapBuffer} from './buffer.js';
import type {DataId, DataIds, TensorData} from './data-ids.js';
import type {Deferral} from './deferral.js';
import type {Storage} from './storage.js';

export type NumericView = Float32Array | Int32Array | Uint8Array;

/** Copies values between JavaScript and the heap. */
export class Values {
  constructor(
    private readonly storage: Storage,
    private readonly dataIds: DataIds,
    private readonly deferral: Deferral,
  ) {}

  /**
   * Copies values, as tfjs passes them to a backend, to a TensorData of their own.
   *
   * @throws OutOfMemoryError
   */
  store(values: BackendValues, shape: number[], dtype: DataType): TensorData {
    if (dtype === 'string') return {dtype, strings: values as Uint8Array[]};
    if (dtype === 'complex64') return this.storeComplex(values as Float32Array, shape);
    const typed = util.convertBackendValuesAndArrayBuffer(values, dtype) as NumericView;
    const buffer = this.storage.allocate(typed.byteLength);
    this.writable(buffer, dtype).set(typed);
    return {dtype, buffer};
  }

  /** A copy of the values of a data id. */
  read(dataId: DataId): BackendValues {
    const {dtype, strings, complexParts, buffer} = this.dataIds.get(dataId);
    if (strings) return strings;
    if (!complexParts) return this.view(buffer as HeapBuffer, dtype).slice();
    const [real, imag] = [complexParts.real, complexParts.imag].map((part) => this.read(part.dataId) as Float32Array);
    return backend_util.mergeRealAndImagArrays(real, imag);
  }

  /**
   * A view of a buffer's values, to read them, which are computed now if they are deferred; valid until the next
   * allocation.
   *
   * @throws ComputedValueError where a program is compiled and the values are none that JavaScript wrote
   */
  view(buffer: HeapBuffer, dtype: DataType): NumericView {
    const offset = this.deferral.offset(buffer);
    this.storage.heap.recorder?.reading(offset);
    return this.viewAt(offset, buffer.bytes, dtype);
  }

  /** A view of a new buffer, to write all of its values; valid until the next allocation. */
  writable(buffer: HeapBuffer, dtype: DataType): NumericView {
    this.storage.heap.recorder?.wrote(buffer.offset, buffer.bytes);
    return this.viewAt(buffer.offset, buffer.bytes, dtype);
  }

  private viewAt(offset: number, bytes: number, dtype: DataType): NumericView {
    const memory = this.storage.heap.memory.buffer;
    if (dtype === 'float32') return new Float32Array(memory, offset, bytes / 4);
    if (dtype === 'int32') return new Int32Array(memory, offset, bytes / 4);
    return new Uint8Array(memory, offset, bytes);
  }

  private storeComplex(values: Float32Array, shape: number[]): TensorData {
    const {real, imag} = backend_util.splitRealAndImagArrays(values);
    const first = this.storePart(real, shape);
    try {
      return {dtype: 'complex64', complexParts: {real: first, imag: this.storePart(imag, shape)}};
    } catch (error) {
      this.dataIds.release(first.dataId);
      throw error;
    }
  }

  private storePart(values: Float32Array, shape: number[]): TensorInfo {
    const dataId = {};
    this.dataIds.set(dataId, this.store(values, shape, 'float32'));
    return {dataId, shape, dtype: 'float32'};
  }
}
