import {type HeapBuffer, isDeferred, isOwned} from './buffer.js';
import {OutOfMemoryError} from './errors.js';
import type {Storage} from './storage.js';

/**
 * What is deferred may keep tensors on the heap that were disposed. These may have so many bytes more than the results
 * will have, or that part of what is in use; then some of it is computed.
 */
const MAX_HELD_BYTES = 2 ** 24;
const MAX_HELD_PART = 1 / 4;

/** Limits the memory that only deferred operations and calls hold, and frees it where there is no other. */
export class HeldMemory {
  private isFreeing = false;

  /** @param compute computes a deferred buffer; it may throw OutOfMemoryError */
  constructor(
    private readonly storage: Storage,
    private readonly compute: (buffer: HeapBuffer) => void,
  ) {}

  /** Computes some of what is deferred if it holds more than it may: on every deferral. */
  limit(): void {
    const limit = this.allowed();
    if (this.excess() > limit) this.free(() => this.excess() <= limit / 2);
  }

  /** Computes what frees more than it takes; whether any memory was freed. */
  reclaim(): boolean {
    const {heap} = this.storage;
    const before = heap.bytesInUse;
    this.free(() => false);
    return heap.bytesInUse < before;
  }

  /** Bytes that are held beyond those that the results will have. */
  private excess(): number {
    return this.storage.heldBytes - this.storage.pendingBytes;
  }

  private allowed(): number {
    return Math.max(MAX_HELD_BYTES, this.storage.heap.bytesInUse * MAX_HELD_PART);
  }

  /**
   * Computes what frees tensors that were disposed, and at least as many bytes of them as it takes, until `isEnough`. The
   * last first: it computes what it depends on in the same pass.
   */
  private free(isEnough: () => boolean): void {
    if (this.isFreeing) return;
    this.isFreeing = true;
    try {
      for (const buffer of [...this.storage.pending].reverse()) {
        if (isEnough()) return;
        if (isDeferred(buffer) && heldBytesOf(buffer) >= buffer.bytes) this.tryToCompute(buffer);
      }
    } finally {
      this.isFreeing = false;
    }
  }

  private tryToCompute(buffer: HeapBuffer): void {
    try {
      this.compute(buffer);
    } catch (error) {
      // It stays deferred: others may need less.
      if (!(error instanceof OutOfMemoryError)) throw error;
    }
  }
}

/** Bytes on the heap that nobody owns and that computing the buffer releases, if nothing else holds them. */
function heldBytesOf(buffer: HeapBuffer): number {
  const seen = new Set<HeapBuffer>();
  let bytes = 0;
  const visit = ({call, operation}: HeapBuffer) => {
    for (const operand of call?.operands ?? operation?.operands.map((found) => found.buffer) ?? []) {
      if (isOwned(operand) || seen.has(operand)) continue;
      seen.add(operand);
      if (isDeferred(operand)) visit(operand);
      else bytes += operand.bytes;
    }
  };
  visit(buffer);
  return bytes;
}
