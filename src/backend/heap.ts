import {BLOCK_PADDING, READ_PADDING} from '../../assembly/abi.js';
import {OutOfMemoryError} from './errors.js';
import type {Recorder} from './recorder.js';

/** Blocks start on a cache line, and their sizes are multiples of one. */
const ALIGNMENT = BLOCK_PADDING;
const PAGE = 65536;
const MAX_BYTES = 65536 * PAGE;
/**
 * The memory grows by at least this. Growing detaches every view and costs some 20 us, and memory that came in small
 * steps is slow for its first seconds: sgemm 512 ran at 29 GFLOP/s after steps of 1 MiB, at 52 after one of 16.
 */
const MIN_GROW = 1 << 24;

/**
 * Free blocks are merged to save memory once so many blocks were asked for since, for each that was merged: sorting them
 * takes longer than anything else here. A step of mlp-plain after lenet merged them some hundred times, and our part of a
 * kernel's call took 10 us instead of 2.
 */
const ALLOCATIONS_OF_A_BLOCK = 4;

/** Who has blocks set apart: neither in the free lists nor handed out, as far as the heap knows. */
export interface BlockOwner {
  /** A block of the owner's is given back by who used it. */
  release(offset: number): void;
  /** There is no other memory left: gives all blocks to the heap. */
  giveUp(): void;
}

/**
 * A size-class allocator over one growing WebAssembly.Memory.
 *
 * Up to 512 bytes classes are the multiples of 64; above, each doubling has eight classes, so that at most an eighth of
 * a block is unused. A released block goes to the free list of its class, where training, which needs the same sizes in
 * every step, finds it at once. Free blocks are merged where growing would leave much of the heap unused.
 *
 * Offsets are numbers from 0 to 2^32, never negative. No view of the memory is kept across calls: growing detaches it.
 */
export class Heap {
  /** Asked for memory when there is none left: tries to free some, and tells whether it did. */
  reclaim: () => boolean = () => false;
  /** Is told what JavaScript does with the memory. */
  recorder: Recorder | undefined;
  /** Takes blocks of a class, in place of the free lists, while there is one. */
  source: {take(size: number): number} | undefined;
  /** Who has blocks set apart, by their offsets. */
  readonly owners = new Map<number, BlockOwner>();
  private readonly freeLists = new Map<number, number[]>();
  private top: number;
  /** The highest that `top` has been: merging lowers it. */
  private highest: number;
  private inUse = 0;
  /** How many blocks the last merging has merged, and how many were asked for since. */
  private blocksMerged = 0;
  private sinceMerged = 0;
  private peak = 0;

  /**
   * @param base the first byte to hand out
   * @param maxBytes the size at which the memory stops growing, at most 4 GiB
   * @param recorder is told what JavaScript does with the memory
   */
  constructor(
    readonly memory: WebAssembly.Memory,
    base: number,
    readonly maxBytes = MAX_BYTES,
    recorder?: Recorder,
  ) {
    this.recorder = recorder;
    this.top = roundUp(base, ALIGNMENT);
    this.highest = this.top;
  }

  /** The end of all blocks that were ever handed out. */
  get end(): number {
    return this.highest;
  }

  /** Bytes in blocks that are handed out, rounding included. */
  get bytesInUse(): number {
    return this.inUse;
  }

  /** The most that bytesInUse has been. */
  get peakBytes(): number {
    return this.peak;
  }

  /** The size of the memory. It never shrinks, except that a disposed backend gives all of it back. */
  get capacity(): number {
    return this.memory.buffer.byteLength;
  }

  /**
   * The offset of a block of at least `bytes` bytes, 64-byte aligned; its content is undefined.
   *
   * @throws OutOfMemoryError
   */
  allocate(bytes: number): number {
    if (!(bytes >= 0)) throw new RangeError(`mnist-wasm: a block of ${bytes} bytes was asked for; expected 0 or more.`);
    this.sinceMerged++;
    const size = blockSize(bytes);
    const offset = this.source ? this.source.take(size) : this.obtain(size);
    this.recorder?.reused(offset);
    return offset;
  }

  /** Gives back a block that was allocated with the same `bytes`. */
  release(offset: number, bytes: number): void {
    const owner = this.owners.get(offset);
    if (owner) owner.release(offset);
    else this.giveBack(offset, blockSize(bytes));
  }

  /**
   * A block of a class, from the free lists.
   *
   * @throws OutOfMemoryError
   */
  obtain(size: number): number {
    const offset =
      this.take(size) ??
      (this.takeFromOwners() ? this.take(size) : undefined) ??
      (this.reclaim() ? this.take(size) : undefined);
    if (offset === undefined) {
      throw new OutOfMemoryError(
        `mnist-wasm: out of memory: ${size} bytes were asked for, ${this.inUse} of ${this.capacity} are in use, ` +
          `and the memory cannot grow beyond ${this.maxBytes} bytes here. Dispose tensors, or use smaller batches.`,
      );
    }
    this.inUse += size;
    if (this.inUse > this.peak) this.peak = this.inUse;
    return offset;
  }

  /** A block of a class for the free lists. */
  giveBack(offset: number, size: number): void {
    this.inUse -= size;
    this.free(offset, size);
  }

  private takeFromOwners(): boolean {
    if (this.owners.size === 0) return false;
    for (const owner of new Set(this.owners.values())) owner.giveUp();
    return true;
  }

  private free(offset: number, size: number): void {
    const list = this.freeLists.get(size);
    if (list) list.push(offset);
    else this.freeLists.set(size, [offset]);
  }

  /** The offset of a free block of a class; undefined if there is none. */
  private take(size: number): number | undefined {
    return this.freeLists.get(size)?.pop() ?? this.extend(size);
  }

  private extend(size: number): number | undefined {
    if (this.top + size + READ_PADDING > this.capacity) {
      const unused = this.top - this.inUse;
      const mustGrow = this.top + size + READ_PADDING > this.maxBytes;
      // Varying shapes leave free blocks in classes that are not needed again. If more of the heap is free than in use,
      // or the memory may not grow any further, they are merged first.
      if (mustGrow || (unused > this.inUse && this.sinceMerged >= ALLOCATIONS_OF_A_BLOCK * this.blocksMerged)) {
        const merged = this.takeMerged(size);
        if (merged !== undefined) return merged;
      }
      if (this.top + size + READ_PADDING > this.capacity && !this.grow(size)) return undefined;
    }
    const offset = this.top;
    this.top += size;
    if (this.top > this.highest) this.highest = this.top;
    return offset;
  }

  /** Grows the memory so that it has `size` bytes more than are in blocks; false if it cannot. */
  private grow(size: number): boolean {
    const missing = this.top + size + READ_PADDING - this.capacity;
    const room = this.maxBytes - this.capacity;
    for (const wanted of [Math.max(missing, MIN_GROW, this.capacity / 4), missing]) {
      const pages = Math.min(Math.ceil(wanted / PAGE), Math.floor(room / PAGE));
      if (pages * PAGE < missing) break;
      try {
        this.memory.grow(pages);
        return true;
      } catch {
        // The engine or the system does not have that much: try the least that is needed.
      }
    }
    return false;
  }

  /** Merges all free blocks with their neighbours, and takes `size` bytes from the first that is large enough. */
  private takeMerged(size: number): number | undefined {
    const blocks: {offset: number; size: number}[] = [];
    for (const [blockBytes, offsets] of this.freeLists) {
      for (const offset of offsets) blocks.push({offset, size: blockBytes});
    }
    this.sinceMerged = 0;
    this.blocksMerged = blocks.length;
    blocks.sort((a, b) => a.offset - b.offset);
    this.freeLists.clear();
    const merged: {offset: number; size: number}[] = [];
    for (const block of blocks) {
      const last = merged.at(-1);
      if (last && last.offset + last.size === block.offset) last.size += block.size;
      else merged.push(block);
    }
    const last = merged.at(-1);
    if (last && last.offset + last.size === this.top) {
      this.top = last.offset;
      merged.pop();
    }
    let taken: number | undefined;
    for (const block of merged) {
      if (taken === undefined && block.size >= size) {
        taken = block.offset;
        block.offset += size;
        block.size -= size;
      }
      this.freeInClasses(block.offset, block.size);
    }
    return taken;
  }

  private freeInClasses(offset: number, size: number): void {
    while (size > 0) {
      const part = largestClassWithin(size);
      this.free(offset, part);
      offset += part;
      size -= part;
    }
  }
}

function roundUp(value: number, step: number): number {
  return Math.ceil(value / step) * step;
}

/** The distance between classes at a size: 64 bytes up to 512, an eighth of the next lower power of two above. */
function classStep(size: number): number {
  return size <= 512 ? ALIGNMENT : 2 ** (Math.floor(Math.log2(size)) - 3);
}

/** The size of the class that holds `bytes`. */
export function blockSize(bytes: number): number {
  return bytes <= ALIGNMENT ? ALIGNMENT : roundUp(bytes, classStep(bytes));
}

function largestClassWithin(size: number): number {
  const step = classStep(size);
  return Math.floor(size / step) * step;
}
