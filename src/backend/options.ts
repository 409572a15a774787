/**
 * What the kernels use of WebAssembly: `simd` is the 128-bit SIMD of WebAssembly 2.0, `relaxed` adds the fused
 * multiply-add of relaxed SIMD (WebAssembly 3.0). Both are compiled from the same source, and differ in rounding and
 * speed only.
 */
export type FeatureLevel = 'simd' | 'relaxed';

export interface BackendOptions {
  /** The most bytes that the memory grows to; at most, and by default, 4 GiB. */
  maxHeapBytes?: number;
  /**
   * Whether 3x3 and 5x5 convolutions may be computed by minimal filtering (Winograd), by default true: two to three
   * times as fast, with errors of up to some 1e-5 of the largest output.
   */
  winograd?: boolean;
  /**
   * How many threads compute, from 1 to 16; by default that of the environment variable MNIST_WASM_THREADS, or else the
   * cores at hand, at most 8. Where there is no shared memory, as in a page that is not cross-origin isolated, or the
   * kernels come as a compiled module, it is 1; in a worker of Firefox it is 1 unless asked for or `startThread` is given.
   * Results are the same bits with any number.
   */
  threads?: number;
  /**
   * Starts a thread elsewhere than in this worker: in its page, to which the request is posted. For workers of Firefox,
   * where a worker that makes another may hang. The page makes a worker of the request and ends it with this one:
   * `new Worker(URL.createObjectURL(new Blob([source], {type: 'text/javascript'}))).postMessage(message)`.
   */
  startThread?: (request: ThreadRequest) => void;
}

/** A thread that is to be started. */
export interface ThreadRequest {
  /** The script of a dedicated worker, no module. */
  source: string;
  /** What that worker is sent: it can be posted within the same agent cluster, as a page and its workers are. */
  message: unknown;
}

/** Options of `register`. */
export interface RegisterOptions extends BackendOptions {
  /**
   * The feature level; by default that of the environment variable MNIST_WASM_FEATURES, or else the best that the
   * engine has.
   */
  features?: FeatureLevel;
  /**
   * The kernels, compiled: the module of 'mnist-wasm/wasm/simd.wasm' or 'mnist-wasm/wasm/relaxed.wasm', for runtimes that
   * compile no bytes, or to stream them. Its level is that of the file, and one thread computes.
   */
  module?: WebAssembly.Module;
}

/** What `tf.memory()` returns on this backend, besides tfjs-core's own counts. */
export interface MnistWasmMemory {
  unreliable: false;
  /** Bytes of the WebAssembly heap in use now: tensors, rounded up to the allocator's blocks. */
  heapBytes: number;
  /** The most that heapBytes has been, scratch of the kernels included. */
  heapPeakBytes: number;
  /** The size of the WebAssembly memory. */
  heapCapacity: number;
  /** Bytes that the results of deferred operations will have, which are not computed yet. */
  pendingBytes: number;
  /** Bytes of disposed tensors that deferred operations will read, and release when they are computed; in heapBytes. */
  heldBytes: number;
  /** Bytes of weights that are also there as matrix products read them; in heapBytes, and freed where memory is short. */
  packedBytes: number;
}
