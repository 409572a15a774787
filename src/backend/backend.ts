import {
  type BackendTimingInfo,
  type BackendValues,
  type DataType,
  engine,
  KernelBackend,
  util,
} from '@tensorflow/tfjs-core';
import {THREAD_AREA_BYTES} from '../../assembly/abi.js';
import type {StepRecordingBackend} from '../shared/captured-steps.js';
import type {CapturingParts} from './capture/captured-steps.js';
import {type DataId, DataIds} from './data-ids.js';
import {Deferral, type RunEvaluation} from './deferral.js';
import {elementBytes} from './dtypes.js';
import {Evaluation} from './evaluation.js';
import {Heap} from './heap.js';
import {compileKernels, createMemory, instantiateKernels, type KernelExports} from './module/load.js';
import type {KernelModule} from './module/source.js';
import type {BackendOptions, FeatureLevel, MnistWasmMemory} from './options.js';
import {PackedWeights} from './packed-weights.js';
import {Parameters} from './parameters.js';
import {type Recorder, recordedKernels} from './recorder.js';
import {Storage} from './storage.js';
import {type FallbackKernels, Tensors} from './tensors.js';
import {Threads, wantedThreads} from './threads/threads.js';
import {Values} from './values.js';

/** What a backend consists of until it is disposed. */
interface Parts {
  readonly heap: Heap;
  readonly storage: Storage;
  readonly dataIds: DataIds;
  readonly deferral: Deferral;
  readonly tensors: Tensors;
  readonly values: Values;
  readonly threads: Threads;
}

/** The tfjs backend: tensors on the heap of one WebAssembly instance, kernels as its exports. */
export class MnistWasmBackend extends KernelBackend implements Partial<StepRecordingBackend> {
  /** Records steps of training: where the entry that registered the backend is one that trains. */
  recordSteps: StepRecordingBackend['recordSteps'] | undefined;
  private parts: Parts | undefined;

  private constructor(
    readonly featureLevel: FeatureLevel,
    wasm: KernelExports,
    heap: Heap,
    threads: Threads,
    {winograd = true}: BackendOptions,
    fallback: FallbackKernels | undefined,
  ) {
    super();
    const storage = new Storage(heap);
    const parameters = new Parameters(heap, wasm.parameters_offset());
    const dataIds = new DataIds(storage, (dataId) => this.fetch(dataId));
    const deferral = new Deferral(storage, new Evaluation(wasm, storage, parameters));
    const values = new Values(storage, dataIds, deferral);
    const packedWeights = new PackedWeights(storage);
    const sources = {wasm, storage, dataIds, deferral, parameters, packedWeights, values};
    const tensors = new Tensors(sources, {backend: this, fallback, usesWinograd: winograd, threads});
    this.parts = {heap, storage, dataIds, deferral, tensors, values, threads};
  }

  /**
   * Instantiates kernels on a new memory, which is shared where there may be threads.
   *
   * @param kernels of the given level
   * @param fallback runs the kernels, and the dtypes, that have no WebAssembly function
   * @param recorder is told what the backend does, which has one thread then
   */
  static async create(
    level: FeatureLevel,
    kernels: KernelModule,
    options: BackendOptions = {},
    fallback?: FallbackKernels,
    recorder?: Recorder,
  ): Promise<MnistWasmBackend> {
    const threads = recorder || 'compiled' in kernels ? 1 : wantedThreads(options);
    const shared = threads > 1 ? createMemory(options.maxHeapBytes ?? Infinity, true) : undefined;
    const memory = shared ?? (createMemory(options.maxHeapBytes ?? Infinity, false) as WebAssembly.Memory);
    const module = await compileKernels(kernels, shared !== undefined);
    const functions = await instantiateKernels(module, memory);
    // A copy, whose functions can be replaced while calls are recorded.
    const wasm = recorder ? recordedKernels(functions, recorder) : {...functions};
    const areas = wasm.heap_base();
    const count = shared ? threads : 1;
    const heap = new Heap(memory, areas + (count - 1) * THREAD_AREA_BYTES, options.maxHeapBytes, recorder);
    const pool = new Threads(module, memory, wasm, count, areas, options.startThread);
    return new MnistWasmBackend(level, wasm, heap, pool, options, fallback);
  }

  /** How many threads compute, the caller's included. */
  get threadCount(): number {
    return this.parts?.threads.count ?? 1;
  }

  /** What kernels use to work on tensors. */
  get tensors(): Tensors {
    return this.alive.tensors;
  }

  /** The allocator that all tensors and all scratch come from. */
  get heap(): Heap {
    return this.alive.heap;
  }

  /** Operations and calls on at least this many elements are deferred; tests set it to 1. */
  set minDeferred(elements: number) {
    this.alive.deferral.minElements = elements;
  }

  /** Makes the chunks that threads compute so many times as large; tests set it to 0, for the smallest. */
  set chunkScale(factor: number) {
    this.alive.tensors.wasm.scale_chunks(factor);
  }

  /** Runs every evaluation of deferred operations and calls; profilers measure here. */
  set runEvaluation(run: RunEvaluation) {
    this.alive.deferral.runEvaluation = run;
  }

  /** What steps of training are recorded on. */
  get capturable(): CapturingParts {
    return this.alive;
  }

  override write(values: BackendValues, shape: number[], dtype: DataType): DataId {
    return this.tensors.upload(values, shape, dtype).dataId;
  }

  override move(dataId: DataId, values: BackendValues, shape: number[], dtype: DataType, refCount: number): void {
    const {dataIds, values: stored} = this.alive;
    dataIds.set(dataId, stored.store(values, shape, dtype), refCount);
  }

  override async read(dataId: DataId): Promise<BackendValues> {
    return this.readSync(dataId);
  }

  /** A copy of the values. */
  override readSync(dataId: DataId): BackendValues {
    return this.alive.values.read(dataId);
  }

  override refCount(dataId: DataId): number {
    return this.parts?.dataIds.references(dataId) ?? 0;
  }

  override incRef(dataId: DataId): void {
    this.alive.dataIds.retain(dataId);
  }

  /** Gives up one reference (all of them with `force`); true if the values were released. */
  override disposeData(dataId: DataId, force = false): boolean {
    return this.parts?.dataIds.release(dataId, force) ?? true;
  }

  override numDataIds(): number {
    return this.parts?.dataIds.size ?? 0;
  }

  override timerAvailable(): boolean {
    return true;
  }

  /** The time of `f`, with all that it defers and does not dispose of; what was deferred before is not counted. */
  override async time(f: () => void): Promise<BackendTimingInfo> {
    const {deferral} = this.alive;
    deferral.computeAll();
    const start = util.now();
    f();
    deferral.computeAll();
    return {kernelMs: util.now() - start};
  }

  override memory(): MnistWasmMemory {
    const {heap, storage} = this.alive;
    return {
      unreliable: false,
      heapBytes: heap.bytesInUse,
      heapPeakBytes: heap.peakBytes,
      heapCapacity: heap.capacity,
      pendingBytes: storage.pendingBytes,
      heldBytes: storage.heldBytes,
      packedBytes: storage.layoutBytes,
    };
  }

  override floatPrecision(): 32 {
    return 32;
  }

  /** Drops the memory and everything in it; using a tensor afterwards throws. */
  override dispose(): void {
    this.parts?.threads.dispose();
    this.parts = undefined;
  }

  /**
   * tfjs-core disposes of a tensor on its former backend before it hands over the values: if there were no room for them,
   * they would be lost.
   *
   * @throws OutOfMemoryError
   */
  private checkMove(dataId: DataId): void {
    const {dtype, shape} = engine().state.tensorInfo.get(dataId) as {dtype: DataType; shape: number[]};
    if (dtype === 'string') return;
    const isComplex = dtype === 'complex64';
    const bytes = util.sizeFromShape(shape) * elementBytes(isComplex ? 'float32' : dtype);
    const offsets: number[] = [];
    try {
      for (let part = 0; part < (isComplex ? 2 : 1); part++) offsets.push(this.heap.allocate(bytes));
    } finally {
      for (const offset of offsets) this.heap.release(offset, bytes);
    }
  }

  private get alive(): Parts {
    if (!this.parts) throw new Error('mnist-wasm: this backend was disposed, and its tensors with it.');
    return this.parts;
  }

  /** Moves the values of a data id of another backend to this one. */
  private fetch(dataId: DataId): void {
    const owner = engine().state.tensorInfo.get(dataId)?.backend;
    if (!owner || owner === this) throw new Error('mnist-wasm: a tensor was used after it was disposed.');
    this.checkMove(dataId);
    engine().moveData(this, dataId);
  }
}
