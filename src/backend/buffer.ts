import type {Opcode} from '../../assembly/elementwise/opcode.js';

/**
 * The values of a tensor: bytes on the heap, or a deferred operation or pending call that computes them. References to
 * buffers are counted apart from those to data ids: the parts of complex tensors share the buffers of other tensors,
 * and what is deferred holds its operands.
 *
 * storage.ts creates buffers, and only it changes their state; `note` belongs to the evaluation that runs.
 */
export interface HeapBuffer {
  readonly bytes: number;
  /** How many data ids, deferred operations and pending calls hold it. */
  readonly references: number;
  /** How many of them are deferred operations and pending calls. */
  readonly holders: number;
  /**
   * The offset of the bytes on the heap; -1 while `operation` or `call` is still to be computed, or once another buffer
   * has taken over the bytes.
   */
  readonly offset: number;
  readonly operation: Operation | undefined;
  readonly call: PendingCall | undefined;
  /** Whether the call has run for an epilogue. */
  readonly hasRun: boolean;
  note: EvaluationNote | undefined;
}

/** Whether the bytes are still to be computed. */
export function isDeferred({call, operation}: HeapBuffer): boolean {
  return call !== undefined || operation !== undefined;
}

/** Whether a data id refers to the buffer, and not only what is deferred. */
export function isOwned({references, holders}: HeapBuffer): boolean {
  return references > holders;
}

/** A deferred element-wise operation. Its operands may be deferred operations too: a chain. */
export interface Operation {
  readonly opcode: Opcode;
  readonly operands: readonly Operand[];
  readonly p: number;
  readonly q: number;
  /** How many operations the chain has that ends in this one. */
  readonly size: number;
  /** Chunks of the chain have a multiple of this many elements: a multiple of 16 and of the periods of all operands. */
  readonly unit: number;
  /** Whether a pending call can compute it as its epilogue: see epilogue.ts. */
  readonly isEpilogue: boolean;
  /** The length of the longest sequence of pending calls, each an operand of the next, that it waits for. */
  readonly depth: number;
}

/** An operand of an operation: `period` as in assembly/elementwise/operands.ts, 0 for a whole tensor. */
export interface Operand {
  readonly buffer: HeapBuffer;
  readonly period: number;
}

/** A call of a kernel that is deferred, so that an epilogue can be computed in the same pass over its output. */
export interface PendingCall {
  readonly kernelName: string;
  readonly operands: readonly HeapBuffer[];
  /** Elements of the bias that the epilogue may add; undefined if it cannot add one. */
  readonly biasSize?: number;
  /** The operand by whose step the epilogue may multiply, which is the gradient of relu; undefined if it cannot. */
  readonly stepOf?: HeapBuffer;
  /** Runs the call and a max pool of 2x2 pixels in one pass, which stores the pool's output alone; undefined if it cannot. */
  readonly runPooled?: PendingCall['run'];
  /** Whether it is such a pool, of its one operand. */
  readonly pools?: boolean;
  /** The length of the longest sequence of pending calls, each an operand of the next, that ends in this one. */
  readonly depth: number;
  /**
   * Runs the call, with its output at the offset `y`.
   *
   * @param operands their offsets
   * @param bias the offset of the bias, or 0
   * @param activates whether the epilogue takes the relu, or multiplies by the step of `stepOf`
   */
  readonly run: (operands: readonly number[], y: number, bias: number, activates: boolean) => void;
}

/** What an evaluation records about a buffer that it computes or reads. */
export interface EvaluationNote {
  readonly buffer: HeapBuffer;
  /** The index of the instruction that computes it; -1 if it is read from the heap. */
  position: number;
  /** How many operands read it, and the last instruction that does. */
  reads: number;
  lastRead: number;
  /** Where its values go: to an offset on the heap, or to a register, by its number; -1 where they do not. */
  target: number;
  register: number;
}
