import type {HeapBuffer} from './buffer.js';
import {OutOfMemoryError} from './errors.js';
import type {Storage} from './storage.js';

/** All layouts together: about as much as the weights of a model may take once more. */
const MAX_BYTES = 2 ** 27;

/** A second order of weights. */
export interface WeightLayout {
  /** Tells the layouts that a buffer can have apart. */
  readonly key: number;
  readonly bytes: number;
  /** Lays out the bytes at one offset at another. */
  readonly pack: (from: number, to: number) => void;
}

/**
 * Weights as matrix products and convolutions read them, laid out once while they do not change: `predict` reads the same
 * weights for every 32 images. In training they are others in every step, and are not laid out here.
 */
export class PackedWeights {
  /** The layout in which a buffer was read last. */
  private readonly lastRead = new WeakMap<HeapBuffer, number>();

  constructor(private readonly storage: Storage) {}

  /** The offset of a buffer's layout; undefined where it is read for the first time, or there is no room. */
  find(buffer: HeapBuffer, layout: WeightLayout): number | undefined {
    const {key} = layout;
    const known = this.storage.layoutOf(buffer);
    if (known?.key === key) return known.offset;
    if (this.lastRead.get(buffer) === key) return this.pack(buffer, layout);
    this.lastRead.set(buffer, key);
    return undefined;
  }

  private pack(buffer: HeapBuffer, {key, bytes, pack}: WeightLayout): number | undefined {
    const {heap, layoutBytes} = this.storage;
    if (layoutBytes + bytes > MAX_BYTES) return undefined;
    let offset: number;
    try {
      offset = heap.allocate(bytes);
    } catch (error) {
      if (error instanceof OutOfMemoryError) return undefined;
      throw error;
    }
    pack(buffer.offset, offset);
    this.storage.keepLayout(buffer, {key, offset, bytes});
    return offset;
  }
}
