import {
  type BackendTimingInfo,
  type BackendValues,
  backend_util,
  type DataType,
  engine,
  KernelBackend,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs-core';
import type {Opcode} from '../../assembly/elementwise/opcode.js';
import {Buffers, type HeapBuffer, type Product, type RunEvaluation} from './buffers.js';
import {Heap} from './heap.js';
import type {FallbackKernels} from './kernels/shared/fallback.js';
import type {FeatureLevel} from './module/features.js';
import {instantiateKernels, type KernelExports} from './module/load.js';

type DataId = TensorInfo['dataId'];

/** What a data id stands for; `refCount` counts the tensors on it, which Identity and Reshape count up. */
interface TensorData {
  readonly dtype: DataType;
  refCount: number;
  readonly buffer?: HeapBuffer;
  readonly strings?: Uint8Array[];
  readonly complexParts?: {real: TensorInfo; imag: TensorInfo};
}

/** What `tf.memory()` tells on this backend, beside tfjs-core's own counts. */
export interface MnistWasmMemory {
  unreliable: false;
  /** Bytes of the WebAssembly heap in use now: tensors, rounded up to the allocator's blocks. */
  heapBytes: number;
  /** The most that heapBytes has been, scratch of the kernels included. */
  heapPeakBytes: number;
  /** The size of the WebAssembly memory. */
  heapCapacity: number;
}

/** An operand of a deferred operation; `period` as in assembly/elementwise/operands.ts. */
export interface DeferredInput {
  tensor: TensorInfo;
  period: number;
}

export interface BackendOptions {
  /** The memory stops growing here; at most, and by default, 4 GiB. */
  maxHeapBytes?: number;
  /**
   * Whether convolutions of 3x3 and 5x5 may be computed by minimal filtering (Winograd), by default true: two to three
   * times as fast, with errors of up to some 1e-5 of the largest output.
   */
  winograd?: boolean;
  /** What runs the kernels, and the dtypes, that have no WebAssembly function. */
  fallback?: FallbackKernels;
}

const bytesPerElement: Partial<Record<DataType, number>> = {float32: 4, int32: 4, bool: 1};

/** The tfjs backend: tensors on the heap of one WebAssembly instance, kernels as its exports. */
export class MnistWasmBackend extends KernelBackend {
  private readonly data = new Map<DataId, TensorData>();
  private readonly paramsOffset: number;
  /** The references that the running kernel has taken and not given up; undefined where none is running. */
  private taken: DataId[] | undefined;

  private constructor(
    readonly featureLevel: FeatureLevel,
    private buffers: Buffers | undefined,
    readonly fallback: FallbackKernels | undefined,
    /** Whether convolutions may be computed by minimal filtering. */
    readonly usesWinograd: boolean,
  ) {
    super();
    this.paramsOffset = this.wasm.params_offset();
  }

  /** Instantiates compiled kernels of the given level on a new memory. */
  static async create(
    module: WebAssembly.Module,
    level: FeatureLevel,
    options: BackendOptions = {},
  ): Promise<MnistWasmBackend> {
    const memory = new WebAssembly.Memory({initial: 1});
    const wasm = await instantiateKernels(module, memory);
    wasm.init();
    const heap = new Heap(memory, wasm.heap_base(), options.maxHeapBytes);
    return new MnistWasmBackend(level, new Buffers(wasm, heap), options.fallback, options.winograd ?? true);
  }

  /** The functions of the WebAssembly module. */
  get wasm(): KernelExports {
    return this.alive.wasm;
  }

  /** Element-wise operations on at least so many elements are put off until somebody asks; tests set it to 1. */
  set minDeferred(elements: number) {
    this.alive.minDeferred = elements;
  }

  /** Runs every evaluation of operations that were put off: profilers put a clock there. */
  set runEvaluation(run: RunEvaluation) {
    this.alive.runEvaluation = run;
  }

  /** The allocator that all tensors and all scratch come from. */
  get heap(): Heap {
    return this.alive.heap;
  }

  /** A new tensor of undefined content, with one reference, that the caller fills or hands out. */
  allocate(shape: number[], dtype: DataType): TensorInfo {
    const size = bytesPerElement[dtype];
    if (size === undefined) throw new Error(`mnist-wasm: a tensor of dtype ${dtype} has no bytes on the heap.`);
    const bytes = util.sizeFromShape(shape) * size;
    if (!Number.isSafeInteger(bytes) || bytes < 0)
      throw new Error(`mnist-wasm: [${shape}] is not the shape of a tensor.`);
    return this.track({dtype, refCount: 1, buffer: this.alive.allocate(bytes)}, shape);
  }

  /** Whether operations on so many elements are worth putting off. */
  defers(elements: number): boolean {
    return elements >= this.alive.minDeferred;
  }

  /**
   * A new float32 tensor whose values are computed when they are asked for; undefined where they are better computed at
   * once. All operands are float32, and those with a period of 0 have the shape's size.
   */
  defer(opcode: Opcode, shape: number[], inputs: readonly DeferredInput[], p = 0, q = 0): TensorInfo | undefined {
    const operands = inputs.map(({tensor, period}) => ({buffer: this.bufferOf(tensor), period}));
    const buffer = this.alive.defer(opcode, util.sizeFromShape(shape), operands, p, q);
    return buffer && this.track({dtype: 'float32', refCount: 1, buffer}, shape);
  }

  /** A new float32 tensor that a product computes when it is asked for. */
  deferProduct(
    shape: number[],
    product: Omit<Product, 'operands' | 'stepOf'> & {operands: readonly TensorInfo[]; stepOf?: TensorInfo},
  ): TensorInfo {
    const operands = product.operands.map((tensor) => this.bufferOf(tensor));
    const stepOf = product.stepOf && this.bufferOf(product.stepOf);
    const buffer = this.alive.deferProduct(util.sizeFromShape(shape) * 4, {...product, operands, stepOf});
    return this.track({dtype: 'float32', refCount: 1, buffer}, shape);
  }

  /**
   * Sums up a tensor whose values were not computed yet, those of equal indices modulo the size of y, into y, each
   * divided by `divisor`; false where it must be computed first.
   */
  sumDeferred(x: TensorInfo, y: TensorInfo, divisor: number): boolean {
    const sums = {columns: util.sizeFromShape(y.shape), divisor, y: this.offset(y)};
    return this.alive.sumDeferred(this.bufferOf(x), sums);
  }

  /** A new tensor with the given values. */
  upload(values: BackendValues, shape: number[], dtype: DataType): TensorInfo {
    return {dataId: this.write(values, shape, dtype), shape, dtype};
  }

  /** Where the values of a tensor are on the heap: valid until it is disposed. */
  offset(tensor: TensorInfo): number {
    return this.alive.offset(this.bufferOf(tensor));
  }

  /** The tensor's bytes under another shape: one more reference to the same data id. */
  share(tensor: TensorInfo, shape: number[]): TensorInfo {
    this.incRef(tensor.dataId);
    this.taken?.push(tensor.dataId);
    return {dataId: tensor.dataId, shape, dtype: tensor.dtype};
  }

  /**
   * The tensor's bytes under a data id of their own. For what is not the kernel's input itself: tfjs-core counts data
   * ids, and may not find one of an input within another tensor.
   */
  alias(tensor: TensorInfo): TensorInfo {
    const buffer = this.bufferOf(tensor);
    buffer.references++;
    return this.track({dtype: tensor.dtype, refCount: 1, buffer}, tensor.shape);
  }

  /** Runs `use` with the offset of a block of scratch, and gives the block back. */
  withScratch<T>(bytes: number, use: (offset: number) => T): T {
    const offset = this.heap.allocate(bytes);
    try {
      return use(offset);
    } finally {
      this.heap.release(offset, bytes);
    }
  }

  /** Runs a kernel. If it throws, out of memory or at bad input, the references that it took are given up. */
  runKernel<T>(run: () => T): T {
    if (this.taken) return run();
    this.taken = [];
    try {
      return run();
    } catch (error) {
      for (const dataId of this.taken) this.disposeData(dataId);
      throw error;
    } finally {
      this.taken = undefined;
    }
  }

  /** Writes the dimensions, strides and the like that the next call reads; their offset. At most 256 int32. */
  writeParams(values: ArrayLike<number>): number {
    new Int32Array(this.heap.memory.buffer, this.paramsOffset, values.length).set(values);
    return this.paramsOffset;
  }

  /** A view of a numeric tensor's values, valid until the next allocation. */
  view(tensor: TensorInfo): Float32Array | Int32Array | Uint8Array {
    return this.viewOf(tensor.dtype, this.bufferOf(tensor));
  }

  /** The two parts of a complex64 tensor, owned by it; what is handed out of them is an alias. */
  complexParts(tensor: TensorInfo): {real: TensorInfo; imag: TensorInfo} {
    const parts = this.dataOf(tensor.dataId).complexParts;
    if (!parts) throw new Error(`mnist-wasm: expected a complex64 tensor, got ${tensor.dtype}.`);
    return parts;
  }

  /** A complex64 tensor that takes over its parts, tensors of data ids of their own. */
  makeComplex(real: TensorInfo, imag: TensorInfo): TensorInfo {
    return this.track({dtype: 'complex64', refCount: 1, complexParts: {real, imag}}, real.shape);
  }

  override write(values: BackendValues, shape: number[], dtype: DataType): DataId {
    const dataId = {};
    this.move(dataId, values, shape, dtype, 1);
    this.taken?.push(dataId);
    return dataId;
  }

  override move(dataId: DataId, values: BackendValues, shape: number[], dtype: DataType, refCount: number): void {
    if (dtype === 'string') {
      this.data.set(dataId, {dtype, refCount, strings: values as Uint8Array[]});
    } else if (dtype === 'complex64') {
      const {real, imag} = backend_util.splitRealAndImagArrays(values as Float32Array);
      const complexParts = {real: this.upload(real, shape, 'float32'), imag: this.upload(imag, shape, 'float32')};
      this.data.set(dataId, {dtype, refCount, complexParts});
    } else {
      const typed = util.convertBackendValuesAndArrayBuffer(values, dtype) as Float32Array | Int32Array | Uint8Array;
      const buffer = this.alive.allocate(typed.byteLength);
      this.viewOf(dtype, buffer).set(typed);
      this.data.set(dataId, {dtype, refCount, buffer});
    }
  }

  override async read(dataId: DataId): Promise<BackendValues> {
    return this.readSync(dataId);
  }

  /** A copy of the values. */
  override readSync(dataId: DataId): BackendValues {
    const data = this.dataOf(dataId);
    if (data.strings) return data.strings;
    if (data.complexParts) {
      const {real, imag} = data.complexParts;
      return backend_util.mergeRealAndImagArrays(
        this.readSync(real.dataId) as Float32Array,
        this.readSync(imag.dataId) as Float32Array,
      );
    }
    return this.viewOf(data.dtype, data.buffer as HeapBuffer).slice();
  }

  override refCount(dataId: DataId): number {
    return this.data.get(dataId)?.refCount ?? 0;
  }

  override incRef(dataId: DataId): void {
    this.dataOf(dataId).refCount++;
  }

  /** Gives up one reference (all of them with `force`); true if the values were released. */
  override disposeData(dataId: DataId, force = false): boolean {
    const data = this.data.get(dataId);
    if (!data) return true;
    data.refCount--;
    if (!force && data.refCount > 0) return false;
    if (data.complexParts) {
      this.disposeData(data.complexParts.real.dataId);
      this.disposeData(data.complexParts.imag.dataId);
    } else if (data.buffer) {
      this.alive.release(data.buffer);
    }
    this.data.delete(dataId);
    return true;
  }

  /** Gives up the caller's reference to a tensor that it does not hand out. */
  disposeTensor({dataId}: TensorInfo): void {
    this.disposeData(dataId);
    const index = this.taken?.lastIndexOf(dataId) ?? -1;
    if (index >= 0) this.taken?.splice(index, 1);
  }

  override numDataIds(): number {
    return this.data.size;
  }

  override timerAvailable(): boolean {
    return true;
  }

  override async time(f: () => void): Promise<BackendTimingInfo> {
    const start = util.now();
    f();
    return {kernelMs: util.now() - start};
  }

  override memory(): MnistWasmMemory {
    return {
      unreliable: false,
      heapBytes: this.heap.bytesInUse,
      heapPeakBytes: this.heap.peakBytes,
      heapCapacity: this.heap.capacity,
    };
  }

  override floatPrecision(): 32 {
    return 32;
  }

  /** Lets go of the memory and of everything in it; a tensor that is used afterwards gets an error. */
  override dispose(): void {
    this.data.clear();
    this.buffers = undefined;
  }

  private get alive(): Buffers {
    if (!this.buffers) throw new Error('mnist-wasm: this backend was disposed, and its tensors with it.');
    return this.buffers;
  }

  /** Moves the values here first if the data id is another backend's. */
  private dataOf(dataId: DataId): TensorData {
    let data = this.data.get(dataId);
    if (!data) {
      const owner = engine().state.tensorInfo.get(dataId)?.backend;
      if (!owner || owner === this) throw new Error('mnist-wasm: a tensor was used after it was disposed.');
      engine().moveData(this, dataId);
      data = this.data.get(dataId) as TensorData;
    }
    return data;
  }

  private track(data: TensorData, shape: number[]): TensorInfo {
    const dataId = {};
    this.data.set(dataId, data);
    this.taken?.push(dataId);
    return {dataId, shape, dtype: data.dtype};
  }

  private bufferOf({dataId}: TensorInfo): HeapBuffer {
    const {buffer, dtype} = this.dataOf(dataId);
    if (!buffer) throw new Error(`mnist-wasm: a tensor of dtype ${dtype} has no bytes on the heap.`);
    return buffer;
  }

  private viewOf(dtype: DataType, buffer: HeapBuffer): Float32Array | Int32Array | Uint8Array {
    const {bytes} = buffer;
    const offset = this.alive.offset(buffer);
    const memory = this.heap.memory.buffer;
    if (dtype === 'float32') return new Float32Array(memory, offset, bytes / 4);
    if (dtype === 'int32') return new Int32Array(memory, offset, bytes / 4);
    return new Uint8Array(memory, offset, bytes);
  }
}
