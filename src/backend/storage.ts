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

/** Makes buffers on one heap, counts their references, and takes back what nobody holds. */
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

  /** A new buffer that an operation is to compute; it holds the operands. */
  deferOperation(bytes: number, operation: Operation): HeapBuffer {
    const buffer = new Buffer(bytes);
    buffer.operation = operation;
    for (const operand of operation.operands) this.retain(operand.buffer);
    return buffer;
  }

  /** A new buffer that a call is to compute; it holds the operands. */
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
   * Gives up one reference; with the last one the bytes, or what a deferred operation or call holds, are given back.
   * The recursion is as deep as operations and calls are deferred, which deferral.ts bounds.
   */
  release(buffer: HeapBuffer): void {
    (buffer as Buffer).references--;
    if (buffer.references > 0) return;
    if (buffer.offset >= 0) this.heap.release(buffer.offset, buffer.bytes);
    else this.releaseOperands(buffer);
  }

  /** The bytes of a deferred buffer are at `offset` now: what it held is given up. */
  store(buffer: HeapBuffer, offset: number): void {
    const stored = buffer as Buffer;
    const {operation, call} = stored;
    stored.offset = offset;
    stored.operation = undefined;
    stored.call = undefined;
    this.releaseOperands({operation, call});
  }

  /** Another buffer has the bytes of this one now, which nobody will read again. */
  handOver(buffer: HeapBuffer): void {
    (buffer as Buffer).offset = -1;
  }

  private releaseOperands({operation, call}: Pick<HeapBuffer, 'operation' | 'call'>): void {
    if (operation) for (const operand of operation.operands) this.release(operand.buffer);
    else if (call) for (const operand of call.operands) this.release(operand);
  }
}
