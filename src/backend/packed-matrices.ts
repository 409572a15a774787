import type {HeapBuffer} from './buffer.js';
import {OutOfMemoryError} from './errors.js';
import type {KernelExports} from './module/load.js';
import type {Storage} from './storage.js';

/** All packed matrices together: as much as the dense weights of a model may take once more. */
const MAX_BYTES = 2 ** 26;

/**
 * Weights as matrix products read them, packed once while they do not change: `predict` multiplies by the same weights for
 * every 32 images. In training they are others in every step, and are not packed here.
 */
export class PackedMatrices {
  /** How many columns a buffer had when a product read it last. */
  private readonly lastRead = new WeakMap<HeapBuffer, number>();

  constructor(
    private readonly wasm: KernelExports,
    private readonly storage: Storage,
  ) {}

  /**
   * The offset of a matrix B, K x N, as gemm_packed_f32 takes it; undefined where it is read for the
   * first time, or there is no room.
   */
  find(buffer: HeapBuffer, n: number, k: number): number | undefined {
    const known = this.storage.layoutOf(buffer);
    if (known?.key === n) return known.offset;
    if (this.lastRead.get(buffer) === n) return this.pack(buffer, n, k);
    this.lastRead.set(buffer, n);
    return undefined;
  }

  private pack(buffer: HeapBuffer, n: number, k: number): number | undefined {
    const {heap, layoutBytes} = this.storage;
    const bytes = this.wasm.packed_b_f32_bytes(n, k) >>> 0;
    if (layoutBytes + bytes > MAX_BYTES) return undefined;
    let offset: number;
    try {
      offset = heap.allocate(bytes);
    } catch (error) {
      if (error instanceof OutOfMemoryError) return undefined;
      throw error;
    }
    this.wasm.pack_b_f32(buffer.offset, offset, n, k);
    this.storage.keepLayout(buffer, {key: n, offset, bytes});
    return offset;
  }
}
