import fc from 'fast-check';
import {describe, expect, it, vi} from 'vitest';
import {OutOfMemoryError} from './errors';
import {blockSize, Heap} from './heap';

const BASE = 4096;
const MIB = 2 ** 20;

function newHeap(maxBytes?: number): Heap {
  return new Heap(new WebAssembly.Memory({initial: 1}), BASE, maxBytes);
}

describe('blockSize', () => {
  it('is a multiple of 64 that holds the bytes and wastes at most an eighth above 512', () => {
    fc.assert(
      fc.property(fc.integer({min: 0, max: 2 ** 32 - 1}), (bytes) => {
        const size = blockSize(bytes);
        expect(size % 64).toBe(0);
        expect(size).toBeGreaterThanOrEqual(Math.max(bytes, 64));
        expect(size).toBeLessThanOrEqual(bytes <= 512 ? bytes + 64 : bytes * 1.125);
        expect(blockSize(size)).toBe(size);
      }),
      {numRuns: 2000},
    );
  });

  it('has eight classes in a doubling', () => {
    const sizes = new Set(Array.from({length: 1024}, (_, i) => blockSize(1025 + i)));
    expect([...sizes]).toEqual([1152, 1280, 1408, 1536, 1664, 1792, 1920, 2048]);
  });
});

describe('Heap', () => {
  it('aligns blocks to 64 bytes, the base too', () => {
    const heap = new Heap(new WebAssembly.Memory({initial: 1}), 1000);
    for (const bytes of [0, 1, 63, 64, 65, 4000, 100_000]) {
      const offset = heap.allocate(bytes);
      expect(offset % 64).toBe(0);
      expect(offset).toBeGreaterThanOrEqual(1000);
    }
  });

  it('hands a released block out again for the same class, and only once', () => {
    const heap = newHeap();
    const first = heap.allocate(1000);
    heap.release(first, 1000);
    expect(heap.allocate(1010)).toBe(first);
    expect(heap.allocate(1000)).not.toBe(first);
  });

  it('does not merge again and again what a step needs again and again', () => {
    const heap = newHeap();
    const merge = vi.spyOn(heap as unknown as {takeMerged: () => void}, 'takeMerged');
    const use = (sizes: readonly number[]) => {
      const blocks = sizes.map((bytes) => ({offset: heap.allocate(bytes), bytes}));
      for (const {offset, bytes} of blocks) heap.release(offset, bytes);
    };
    use(Array.from({length: 300}, (_, i) => 50_000 + 1000 * i));
    for (let step = 0; step < 100; step++)
      use(Array.from({length: 300}, (_, i) => 64 * ((i * 37) % 200) + 100_000 * (i % 7)));
    expect(merge.mock.calls.length).toBeLessThan(20);
  });

  it('counts blocks in use and the most that they have been', () => {
    const heap = newHeap();
    const a = heap.allocate(100);
    const b = heap.allocate(700);
    expect(heap.bytesInUse).toBe(128 + 704);
    heap.release(b, 700);
    expect(heap.bytesInUse).toBe(128);
    heap.release(a, 100);
    expect([heap.bytesInUse, heap.peakBytes]).toEqual([0, 128 + 704]);
  });

  it('keeps the content of every block when the memory grows', () => {
    const heap = newHeap();
    const offset = heap.allocate(1000);
    new Uint8Array(heap.memory.buffer, offset, 1000).fill(7);
    const before = heap.capacity;
    heap.allocate(3 * MIB);
    expect(heap.capacity).toBeGreaterThanOrEqual(before + 3 * MIB - BASE);
    expect(new Uint8Array(heap.memory.buffer, offset, 1000).every((byte) => byte === 7)).toBe(true);
  });

  it('leaves memory behind the last block for kernels that read past the end', () => {
    const heap = newHeap();
    for (let i = 0; i < 200; i++) {
      const bytes = 64 + 4096 * (i % 9);
      expect(heap.allocate(bytes) + blockSize(bytes) + 256).toBeLessThanOrEqual(heap.capacity);
    }
  });

  it('merges neighbours for a larger block rather than grow without end', () => {
    const heap = newHeap(2 * MIB);
    const blocks = Array.from({length: 400}, () => heap.allocate(4096));
    for (const block of blocks) heap.release(block, 4096);
    const large = heap.allocate(1_500_000);
    expect(large).toBeLessThan(MIB / 2);
    heap.release(large, 1_500_000);
    expect(heap.bytesInUse).toBe(0);
  });

  it('stays small while the sizes asked for vary, as batches of every length do', () => {
    const heap = newHeap();
    for (let round = 0; round < 3000; round++) {
      const bytes = 100 * (1000 + ((round * 7919) % 100_000));
      const offsets = [heap.allocate(bytes), heap.allocate(bytes * 2), heap.allocate(bytes * 3)];
      for (const [i, offset] of offsets.entries()) heap.release(offset, bytes * (i + 1));
    }
    // 60 MB are in use at most; without merging every class keeps its blocks, 900 MB in all.
    expect(heap.capacity).toBeLessThan(400 * MIB);
  });

  it('says what was asked for where it does not fit, and leaves everything as it was', () => {
    const heap = newHeap(MIB);
    const kept = heap.allocate(500_000);
    new Uint8Array(heap.memory.buffer, kept, 500_000).fill(9);
    const {bytesInUse, peakBytes} = heap;
    expect(() => heap.allocate(600_000)).toThrow(OutOfMemoryError);
    expect(() => heap.allocate(600_000)).toThrow(/out of memory: 655360 bytes were asked for, .* 1048576 bytes here/);
    expect([heap.bytesInUse, heap.peakBytes]).toEqual([bytesInUse, peakBytes]);
    expect(heap.capacity).toBeLessThanOrEqual(MIB);
    expect(new Uint8Array(heap.memory.buffer, kept, 500_000).every((byte) => byte === 9)).toBe(true);
    const small = heap.allocate(100_000);
    expect(small).toBeGreaterThanOrEqual(kept + 500_000);
    heap.release(small, 100_000);
    heap.release(kept, 500_000);
    expect(heap.allocate(600_000)).toBe(BASE);
  });

  it('refuses what no memory can hold', () => {
    expect(() => newHeap().allocate(2 ** 32)).toThrow(OutOfMemoryError);
  });

  it('never lets blocks overlap, and counts exactly, whatever is allocated and released in whatever order', () => {
    const size = fc.oneof(fc.integer({min: 0, max: 600}), fc.integer({min: 0, max: 50_000}));
    const step = fc.oneof(
      {weight: 3, arbitrary: size.map((bytes) => ({bytes}))},
      {weight: 2, arbitrary: fc.nat().map((release) => ({release}))},
    );
    fc.assert(
      fc.property(fc.array(step, {maxLength: 300, size: 'max'}), (steps) => {
        // Small, so that merging and running out happen too.
        const heap = newHeap(MIB / 2);
        const model = new HeapModel(heap);
        for (const s of steps) {
          if ('bytes' in s) model.allocate(s.bytes);
          else model.release(s.release);
        }
        model.releaseAll();
        // Nothing is lost: the largest class that the heap has room for fits again.
        expect(heap.allocate(15 * 2 ** 15)).toBe(BASE);
      }),
      {numRuns: 300},
    );
  });
});

/** What a heap must have handed out, kept beside it; every block is filled with its own number to see it overwritten. */
class HeapModel {
  private readonly blocks: {offset: number; bytes: number; mark: number}[] = [];
  private marks = 0;
  private peak = 0;

  constructor(private readonly heap: Heap) {}

  allocate(bytes: number): void {
    let offset: number;
    try {
      offset = this.heap.allocate(bytes);
    } catch (error) {
      if (!(error instanceof OutOfMemoryError)) throw error;
      this.check();
      return;
    }
    const end = offset + blockSize(bytes);
    for (const block of this.blocks) {
      const apart = end <= block.offset || block.offset + blockSize(block.bytes) <= offset;
      if (!apart) throw new Error(`[${offset}, ${end}) overlaps the block at ${block.offset} of ${block.bytes} bytes`);
    }
    const mark = ++this.marks & 255;
    new Uint8Array(this.heap.memory.buffer, offset, blockSize(bytes)).fill(mark);
    this.blocks.push({offset, bytes, mark});
    this.check();
  }

  release(choice: number): void {
    if (this.blocks.length === 0) return;
    const [{offset, bytes, mark}] = this.blocks.splice(choice % this.blocks.length, 1);
    const content = new Uint8Array(this.heap.memory.buffer, offset, blockSize(bytes));
    if (content.some((byte) => byte !== mark)) throw new Error(`the block at ${offset} was overwritten`);
    this.heap.release(offset, bytes);
    this.check();
  }

  releaseAll(): void {
    while (this.blocks.length > 0) this.release(0);
  }

  private check(): void {
    const inUse = this.blocks.reduce((total, {bytes}) => total + blockSize(bytes), 0);
    this.peak = Math.max(this.peak, inUse);
    expect([this.heap.bytesInUse, this.heap.peakBytes]).toEqual([inUse, this.peak]);
  }
}
