import {
  type BackendValues,
  type DataType,
  type KernelBackend,
  type NamedAttrMap,
  type NamedTensorInfoMap,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs-core';
import type {Opcode} from '../../assembly/elementwise/opcode.js';
import type {HeapBuffer, PendingCall} from './buffer.js';
import type {ComplexParts, DataId, DataIds, TensorData} from './data-ids.js';
import type {Deferral} from './deferral.js';
import {elementBytes} from './dtypes.js';
import {assertRoom, elementsOf} from './element-count.js';
import type {KernelExports} from './module/load.js';
import type {PackedWeights, WeightLayout} from './packed-weights.js';
import type {Parameters} from './parameters.js';
import type {Storage} from './storage.js';
import type {Threads} from './threads/threads.js';
import type {NumericView, Values} from './values.js';

/** Runs a kernel that has no WebAssembly function, or not for the dtypes at hand. */
export interface FallbackKernels {
  readonly names: readonly string[];
  has(kernelName: string): boolean;
  run(tensors: Tensors, kernelName: string, inputs: NamedTensorInfoMap, attrs: NamedAttrMap): TensorInfo | TensorInfo[];
}

/** An operand of a deferred operation; `period` as in assembly/elementwise/operands.ts. */
export interface DeferredInput {
  tensor: TensorInfo;
  period: number;
}

/** PendingCall with tensors in place of buffers. */
export type DeferredCall = Omit<PendingCall, 'depth' | 'operands' | 'stepOf'> & {
  operands: readonly TensorInfo[];
  stepOf?: TensorInfo;
};

/** Where a kernel's tensors, scratch and parameters come from. */
interface Sources {
  wasm: KernelExports;
  storage: Storage;
  dataIds: DataIds;
  deferral: Deferral;
  parameters: Parameters;
  packedWeights: PackedWeights;
  values: Values;
}

export interface TensorsOptions {
  /** The backend that kernels are called with. */
  backend: KernelBackend;
  /** Undefined if there is none. */
  fallback: FallbackKernels | undefined;
  usesWinograd: boolean;
  threads: Threads;
}

/** What a kernel uses: the module's functions, tensors on its heap, scratch and parameters. */
export class Tensors {
  /** The functions of the WebAssembly module. */
  readonly wasm: KernelExports;
  /** The backend that kernels are called with. */
  readonly backend: KernelBackend;
  readonly fallback: FallbackKernels | undefined;
  /** Whether convolutions may be computed by minimal filtering. */
  readonly usesWinograd: boolean;
  private readonly threads: Threads;
  /** References that the running kernel has taken and not given up; undefined while none runs. */
  private taken: DataId[] | undefined;

  constructor(
    private readonly sources: Sources,
    {backend, fallback, usesWinograd, threads}: TensorsOptions,
  ) {
    this.wasm = sources.wasm;
    this.backend = backend;
    this.fallback = fallback;
    this.usesWinograd = usesWinograd;
    this.threads = threads;
  }

  /** A new tensor of undefined content, with one reference; the caller fills it, and returns or disposes it. */
  allocate(shape: number[], dtype: DataType): TensorInfo {
    const size = elementBytes(dtype);
    if (!size) throw new Error(`mnist-wasm: a tensor of dtype ${dtype} has no bytes on the heap.`);
    const bytes = elementsOf(shape) * size;
    return this.track({dtype, buffer: this.sources.storage.allocate(bytes)}, shape);
  }

  /** A new tensor with the given values, as tfjs passes them to a backend. */
  upload(values: BackendValues, shape: number[], dtype: DataType): TensorInfo {
    return this.track(this.sources.values.store(values, shape, dtype), shape);
  }

  /**
   * For results that are not allocated before they are computed.
   *
   * @throws Error if there can be no tensor of the shape, or if its elements do not fit into the memory.
   */
  checkRoom(shape: number[], bytesOfElement = 4): void {
    assertRoom(this.sources.storage.heap.maxBytes, shape, bytesOfElement);
  }

  /** A copy of a tensor's values. */
  read({dataId}: TensorInfo): BackendValues {
    return this.sources.values.read(dataId);
  }

  /**
   * The offset of a tensor's values on the heap, which are computed now if they are deferred; valid until it is
   * disposed.
   */
  offset(tensor: TensorInfo): number {
    return this.sources.deferral.offset(this.bufferOf(tensor));
  }

  /**
   * The offset of weights in a layout that is made once, valid until the next allocation; undefined where they do not have
   * it.
   */
  packedWeights(weights: TensorInfo, layout: WeightLayout): number | undefined {
    const {deferral, packedWeights, storage} = this.sources;
    // A recorded program would lay them out every time.
    if (storage.heap.recorder) return undefined;
    const buffer = this.bufferOf(weights);
    deferral.offset(buffer);
    return packedWeights.find(buffer, layout);
  }

  /** A view of the values of a new tensor, to write all of them; valid until the next allocation. */
  writable(tensor: TensorInfo): NumericView {
    return this.sources.values.writable(this.bufferOf(tensor), tensor.dtype);
  }

  /** A view of a numeric tensor's values, to read them; valid until the next allocation. */
  view(tensor: TensorInfo): NumericView {
    return this.sources.values.view(this.bufferOf(tensor), tensor.dtype);
  }

  /** The tensor's bytes under another shape: one more reference to the same data id. */
  share({dataId, dtype, shape: own}: TensorInfo, shape: number[]): TensorInfo {
    if (own !== shape && elementsOf(shape) !== util.sizeFromShape(own)) {
      throw new Error(`mnist-wasm: a tensor of shape [${own}] cannot have the shape [${shape}].`);
    }
    this.sources.dataIds.retain(dataId);
    this.taken?.push(dataId);
    return {dataId, shape, dtype};
  }

  /**
   * The tensor's bytes under a data id of their own. For tensors that are not an input of the kernel themselves:
   * tfjs-core counts data ids, and must not find an input's within another tensor.
   */
  alias(tensor: TensorInfo): TensorInfo {
    const buffer = this.bufferOf(tensor);
    this.sources.storage.retain(buffer);
    return this.track({dtype: tensor.dtype, buffer}, tensor.shape);
  }

  /**
   * The two parts of a complex64 tensor, of its shape; it owns them, and kernels return aliases of them only. Data ids
   * have no shape: what a part had when it was made says nothing of a tensor that Reshape has made since.
   */
  complexParts({dataId, dtype, shape}: TensorInfo): ComplexParts {
    const parts = this.sources.dataIds.get(dataId).complexParts;
    if (!parts) throw new Error(`mnist-wasm: expected a complex64 tensor, got ${dtype}.`);
    return {real: {...parts.real, shape}, imag: {...parts.imag, shape}};
  }

  /** A complex64 tensor that takes over its parts, which are tensors with data ids of their own. */
  makeComplex(real: TensorInfo, imag: TensorInfo): TensorInfo {
    return this.track({dtype: 'complex64', complexParts: {real, imag}}, real.shape);
  }

  /** Gives up the caller's reference to a tensor that it does not return. */
  dispose({dataId}: TensorInfo): void {
    this.sources.dataIds.release(dataId);
    const index = this.taken?.lastIndexOf(dataId) ?? -1;
    if (index >= 0) this.taken?.splice(index, 1);
  }

  /** Whether operations on this many elements are deferred. */
  defers(elements: number): boolean {
    return elements >= this.sources.deferral.minElements;
  }

  /**
   * Defers an operation: returns a new float32 tensor that is computed when its values are needed; undefined if it has
   * to be computed at once. All operands are float32; those with a period of 0 have as many elements as `shape`.
   */
  defer(opcode: Opcode, shape: number[], inputs: readonly DeferredInput[], p = 0, q = 0): TensorInfo | undefined {
    const operands = inputs.map(({tensor, period}) => ({buffer: this.bufferOf(tensor), period}));
    const buffer = this.sources.deferral.deferOperation(opcode, elementsOf(shape), operands, p, q);
    return buffer && this.track({dtype: 'float32', buffer}, shape);
  }

  /** Defers a call: returns a new float32 tensor that is computed when its values are needed. */
  deferCall(shape: number[], call: DeferredCall): TensorInfo {
    const operands = call.operands.map((tensor) => this.bufferOf(tensor));
    const bytes = elementsOf(shape) * 4;
    const stepOf = call.stepOf && this.bufferOf(call.stepOf);
    const buffer = this.sources.deferral.deferCall(bytes, {...call, operands, stepOf});
    return this.track({dtype: 'float32', buffer}, shape);
  }

  /** Whether a tensor waits for a call that can compute its max pool of 2x2 pixels in its place. */
  canPool(tensor: TensorInfo): boolean {
    return this.bufferOf(tensor).call?.runPooled !== undefined;
  }

  /**
   * Sums a deferred tensor without storing it: y[j] = the sum of its elements whose index is j modulo the size of y,
   * divided by `divisor`. False if x has to be computed first.
   */
  sumDeferred(x: TensorInfo, y: TensorInfo, divisor: number): boolean {
    const sums = {columns: util.sizeFromShape(y.shape), divisor, y: this.offset(y)};
    return this.sources.deferral.sum(this.bufferOf(x), sums);
  }

  /** Runs `use` with the offset of a block of scratch (0 if no bytes are needed), and frees it afterwards. */
  withScratch<T>(bytesOrSigned: number, use: (offset: number) => T): T {
    // A usize that a WebAssembly function returns comes as a signed number.
    const bytes = bytesOrSigned < 0 ? bytesOrSigned + 2 ** 32 : bytesOrSigned;
    if (bytes === 0) return use(0);
    const {heap} = this.sources.storage;
    const offset = heap.allocate(bytes);
    try {
      return use(offset);
    } catch (error) {
      this.wasm.close_job();
      throw error;
    } finally {
      heap.release(offset, bytes);
    }
  }

  /**
   * Writes the int32 that the next call reads through a pointer: records of assembly/abi.ts, or a list of numbers.
   * Returns their offset.
   *
   * @throws RangeError if they are more than PARAMETER_WORDS
   */
  writeParams(values: ArrayLike<number>): number {
    return this.sources.parameters.write(values);
  }

  /** Runs a kernel. If it throws, for lack of memory or bad input, the references that it took are given up. */
  runKernel<T>(run: () => T): T {
    if (this.taken) return run();
    this.taken = [];
    try {
      return run();
    } catch (error) {
      this.wasm.close_job();
      for (const dataId of this.taken) this.sources.dataIds.release(dataId);
      throw error;
    } finally {
      this.taken = undefined;
      this.threads.update();
    }
  }

  private track(data: TensorData, shape: number[]): TensorInfo {
    const dataId = {};
    this.sources.dataIds.set(dataId, data);
    this.taken?.push(dataId);
    return {dataId, shape, dtype: data.dtype};
  }

  private bufferOf({dataId}: TensorInfo): HeapBuffer {
    const {buffer, dtype} = this.sources.dataIds.get(dataId);
    if (!buffer) throw new Error(`mnist-wasm: a tensor of dtype ${dtype} has no bytes on the heap.`);
    return buffer;
  }
}
