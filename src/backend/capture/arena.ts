import type {BlockOwner, Heap} from '../heap.js';

interface Block {
  readonly size: number;
  isUsed: boolean;
  /** Whether a variable lives there: the block is never used for anything else. */
  readonly isHome: boolean;
}

/** A block that was taken, in the order in which they are. */
export interface Taken {
  readonly size: number;
  readonly offset: number;
}

/**
 * The memory of recorded steps: blocks that never come to the heap's free lists while the steps may run again, whatever
 * becomes of the tensors that had them.
 */
export class Arena implements BlockOwner {
  private readonly blocks = new Map<number, Block>();
  private readonly free = new Map<number, number[]>();
  private taken: Taken[] = [];
  private expected: readonly Taken[] | undefined;
  private isOver = false;

  constructor(private readonly heap: Heap) {}

  /** Whether the heap has its blocks back. */
  get isGone(): boolean {
    return this.isOver;
  }

  /** Until stop(), all blocks come from here: as far as possible those that were taken in an earlier recording. */
  start(expected: readonly Taken[] | undefined): void {
    this.taken = [];
    this.expected = expected;
    this.heap.source = this;
  }

  /** The blocks that were taken since start(). */
  stop(): readonly Taken[] {
    this.heap.source = undefined;
    this.expected = undefined;
    return this.taken;
  }

  take(size: number): number {
    const offset = this.takeExpected(size) ?? this.free.get(size)?.pop() ?? this.heap.obtain(size);
    // The heap may have taken everything back to find the block.
    if (this.isOver) return offset;
    this.own(offset, size, false);
    this.taken.push({size, offset});
    return offset;
  }

  /** Takes over a block that is in use, as the home of a variable; false if it has an owner. */
  adopt(offset: number, size: number): boolean {
    if (this.heap.owners.has(offset)) return false;
    this.own(offset, size, true);
    return true;
  }

  isHome(offset: number): boolean {
    return this.blocks.get(offset)?.isHome ?? false;
  }

  isUsed(offset: number): boolean {
    return this.blocks.get(offset)?.isUsed ?? false;
  }

  /** Whether somebody uses a block that is no home: between steps, nobody should. */
  get isShared(): boolean {
    for (const {isUsed, isHome} of this.blocks.values()) if (isUsed && !isHome) return true;
    return false;
  }

  /** Somebody uses a home again. */
  reuse(offset: number): void {
    (this.blocks.get(offset) as Block).isUsed = true;
  }

  release(offset: number): void {
    const block = this.blocks.get(offset) as Block;
    block.isUsed = false;
    if (!block.isHome) this.freeList(block.size).push(offset);
  }

  giveUp(): void {
    this.isOver = true;
    if (this.heap.source === this) this.heap.source = undefined;
    for (const [offset, {size, isUsed}] of this.blocks) {
      this.heap.owners.delete(offset);
      if (!isUsed) this.heap.giveBack(offset, size);
    }
    this.blocks.clear();
    this.free.clear();
  }

  private takeExpected(size: number): number | undefined {
    const expected = this.expected?.[this.taken.length];
    if (expected?.size !== size) return undefined;
    const list = this.freeList(size);
    const at = list.lastIndexOf(expected.offset);
    if (at < 0) return undefined;
    list.splice(at, 1);
    return expected.offset;
  }

  private own(offset: number, size: number, isHome: boolean): void {
    this.blocks.set(offset, {size, isUsed: true, isHome});
    this.heap.owners.set(offset, this);
  }

  private freeList(size: number): number[] {
    const list = this.free.get(size) ?? [];
    this.free.set(size, list);
    return list;
  }
}
