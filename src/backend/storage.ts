import {type EvaluationNote, type HeapBuffer, isOwned, type Operation, type PendingCall} from './buffer.js';
import type {Heap} from './heap.js';

class Buffer implements HeapBuffer {
  offset = -1;
  references = 1;
  holders = 0;
  operation: Operation | undefined = undefined;
  call: PendingCall | undefined = undefined;
  hasRun = false;
  note: EvaluationNote | undefined = undefined;

  constructor(readonly bytes: number) {}
}

/** A second copy of a buffer's bytes, in the order in which some kernel reads them. */
export interface Layout {
  /** Tells the layouts that a buffer can have apart. */
  readonly key: number;
  readonly offset: number;
  readonly bytes: number;
}

/**
 * Creates buffers on a heap, counts their references, and frees what has none left. A buffer is owned while a data id
 * refers to it; what nobody owns is there only for deferred operations and calls.
 */
export class Storage {
  private readonly deferred = new Set<HeapBuffer>();
  private ofDeferred = 0;
  private ofHeld = 0;
  private readonly layouts = new Map<HeapBuffer, Layout>();
  private ofLayouts = 0;

  constructor(readonly heap: Heap) {}

  /** What is deferred and owned, in the order in which it was deferred. */
  get pending(): ReadonlySet<HeapBuffer> {
    return this.deferred;
  }

  /** Bytes that the results of all that is deferred and owned will have. */
  get pendingBytes(): number {
    return this.ofDeferred;
  }

  /** Bytes on the heap that only deferred operations and calls hold. */
  get heldBytes(): number {
    return this.ofHeld;
  }

  /** Bytes on the heap of all layouts. */
  get layoutBytes(): number {
    return this.ofLayouts;
  }

  /**
   * A new buffer of undefined content, with one owner.
   *
   * @throws OutOfMemoryError
   */
  allocate(bytes: number): HeapBuffer {
    const buffer = new Buffer(bytes);
    buffer.offset = this.heap.allocate(bytes);
    return buffer;
  }

  /** A new buffer whose bytes are at an offset, in a block that nobody else uses. */
  place(bytes: number, offset: number): HeapBuffer {
    const buffer = new Buffer(bytes);
    buffer.offset = offset;
    return buffer;
  }

  /** Copies the bytes of a buffer to another block, which is its own from here on. */
  move(buffer: HeapBuffer, offset: number): void {
    const from = buffer.offset;
    new Uint8Array(this.heap.memory.buffer).copyWithin(offset, from, from + buffer.bytes);
    this.heap.release(from, buffer.bytes);
    (buffer as Buffer).offset = offset;
  }

  /** A new buffer that an operation will compute; it holds the operands. */
  deferOperation(bytes: number, operation: Operation): HeapBuffer {
    const buffer = new Buffer(bytes);
    buffer.operation = operation;
    for (const operand of operation.operands) hold(operand.buffer);
    return this.defer(buffer);
  }

  /** A new buffer that a call will compute; it holds the operands. */
  deferCall(bytes: number, call: PendingCall): HeapBuffer {
    const buffer = new Buffer(bytes);
    buffer.call = call;
    for (const operand of call.operands) hold(operand);
    return this.defer(buffer);
  }

  /** One more owner of a buffer that has one. */
  retain(buffer: HeapBuffer): void {
    (buffer as Buffer).references++;
  }

  /**
   * Gives up one owner. With the last reference the bytes are freed, or the operands of the deferred operation or call
   * let go. The recursion is as deep as operations and calls depend on one another, which deferral.ts limits.
   */
  release(buffer: HeapBuffer): void {
    const released = buffer as Buffer;
    released.references--;
    if (isOwned(released)) return;
    this.dropLayout(released);
    if (released.offset < 0) this.forget(released);
    else if (released.references > 0) this.ofHeld += released.bytes;
    if (released.references === 0) this.free(released);
  }

  /** The bytes of a deferred buffer are at `offset` now; lets the operands go. */
  store(buffer: HeapBuffer, offset: number): void {
    const stored = buffer as Buffer;
    const {operation, call} = stored;
    stored.offset = offset;
    this.heap.recorder?.reused(offset);
    stored.operation = undefined;
    stored.call = undefined;
    if (isOwned(stored)) this.forget(stored);
    else this.ofHeld += stored.bytes;
    this.letOperandsGo(operation, call);
  }

  /** The call of a buffer has run for an epilogue, with the output in another buffer. */
  noteRun(buffer: HeapBuffer): void {
    (buffer as Buffer).hasRun = true;
  }

  /** Another buffer has taken over the bytes of this one, which nobody owns and nobody will read again. */
  handOver(buffer: HeapBuffer): void {
    this.heap.recorder?.overwritten(buffer.offset);
    (buffer as Buffer).offset = -1;
    this.ofHeld -= buffer.bytes;
  }

  layoutOf(buffer: HeapBuffer): Layout | undefined {
    return this.layouts.get(buffer);
  }

  /** Keeps a block of the heap as the layout of a buffer, in place of the one that it had: until nobody owns it. */
  keepLayout(buffer: HeapBuffer, layout: Layout): void {
    this.dropLayout(buffer);
    this.layouts.set(buffer, layout);
    this.ofLayouts += layout.bytes;
  }

  /** Frees all layouts; false if there are none. */
  dropLayouts(): boolean {
    const {size} = this.layouts;
    for (const buffer of this.layouts.keys()) this.dropLayout(buffer);
    return size > 0;
  }

  /** Frees the layout of a buffer, if it has one: its bytes are about to change. */
  dropLayout(buffer: HeapBuffer): void {
    const layout = this.layouts.get(buffer);
    if (!layout) return;
    this.layouts.delete(buffer);
    this.ofLayouts -= layout.bytes;
    this.heap.release(layout.offset, layout.bytes);
  }

  private defer(buffer: Buffer): HeapBuffer {
    this.deferred.add(buffer);
    this.ofDeferred += buffer.bytes;
    return buffer;
  }

  private forget(buffer: Buffer): void {
    if (this.deferred.delete(buffer)) this.ofDeferred -= buffer.bytes;
  }

  private letGo(buffer: Buffer): void {
    buffer.holders--;
    buffer.references--;
    if (buffer.references > 0) return;
    if (buffer.offset >= 0) this.ofHeld -= buffer.bytes;
    this.free(buffer);
  }

  private free({offset, bytes, operation, call}: Buffer): void {
    if (offset >= 0) this.heap.release(offset, bytes);
    else this.letOperandsGo(operation, call);
  }

  private letOperandsGo(operation: Operation | undefined, call: PendingCall | undefined): void {
    if (operation) for (const operand of operation.operands) this.letGo(operand.buffer as Buffer);
    else if (call) for (const operand of call.operands) this.letGo(operand as Buffer);
  }
}

function hold(buffer: HeapBuffer): void {
  const held = buffer as Buffer;
  held.references++;
  held.holders++;
}
