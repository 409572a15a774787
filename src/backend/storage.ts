import type {EvaluationNote, HeapBuffer, Operation, PendingCall} from './buffer.js';
import type {Heap} from './heap.js';

class Buffer implements HeapBuffer {
  offset = -1;
  references = 1;
  operation: Operation | undefined = undefined;
  call: PendingCall | undefined = undefined;
  note: EvaluationNote | undefined = undefined;

  constructor(readonly bytes: number) {}
}

/** Creates buffers on a heap, counts their references, and frees what has none left. */
export class Storage {
  constructor(readonly heap: Heap) {}

  /**
   * A new buffer of undefined content, with one reference.
   *
   * @throws OutOfMemoryError
   */
  allocate(bytes: number): HeapBuffer {
    const buffer = new Buffer(bytes);
    buffer.offset = this.heap.allocate(bytes);
    return buffer;
  }

  /** A new buffer that an operation will compute; it holds the operands. */
  deferOperation(bytes: number, operation: Operation): HeapBuffer {
    const buffer = new Buffer(bytes);
    buffer.operation = operation;
    for (const operand of operation.operands) this.retain(operand.buffer);
    return buffer;
  }

  /** A new buffer that a call will compute; it holds the operands. */
  deferCall(bytes: number, call: PendingCall): HeapBuffer {
    const buffer = new Buffer(bytes);
    buffer.call = call;
    for (const operand of call.operands) this.retain(operand);
    return buffer;
  }

  retain(buffer: HeapBuffer): void {
    (buffer as Buffer).references++;
  }

  /**
   * Gives up one reference. With the last one the bytes are freed, or the operands of the deferred operation or call
   * released. The recursion is as deep as operations and calls depend on one another, which deferral.ts limits.
   */
  release(buffer: HeapBuffer): void {
    (buffer as Buffer).references--;
    if (buffer.references > 0) return;
    if (buffer.offset >= 0) this.heap.release(buffer.offset, buffer.bytes);
    else this.releaseOperands(buffer);
  }

  /** The bytes of a deferred buffer are at `offset` now; releases the operands. */
  store(buffer: HeapBuffer, offset: number): void {
    const stored = buffer as Buffer;
    const {operation, call} = stored;
    stored.offset = offset;
    stored.operation = undefined;
    stored.call = undefined;
    this.releaseOperands({operation, call});
  }

  /** Another buffer has taken over the bytes of this one, which will not be read again. */
  handOver(buffer: HeapBuffer): void {
    (buffer as Buffer).offset = -1;
  }

  private releaseOperands({operation, call}: Pick<HeapBuffer, 'operation' | 'call'>): void {
    if (operation) for (const operand of operation.operands) this.release(operand.buffer);
    else if (call) for (const operand of call.operands) this.release(operand);
  }
}
