import type {Opcode} from '../../assembly/elementwise/opcode.js';

/**
 * The bytes of tensors: on the heap, or still to be computed by an operation or a pending call. Buffers are counted
 * apart from data ids: the parts of complex tensors share theirs, and what is deferred holds its operands.
 *
 * storage.ts makes buffers and alone changes their state; an evaluation has its own note on a buffer while it runs.
 */
export interface HeapBuffer {
  readonly bytes: number;
  /** Data ids and deferred operations and calls that hold it. */
  readonly references: number;
  /** Where the bytes are on the heap; -1 while `operation` or `call` is still to be computed. */
  readonly offset: number;
  readonly operation: Operation | undefined;
  readonly call: PendingCall | undefined;
  note: EvaluationNote | undefined;
}

/** An element-wise operation that is deferred; its operands may be deferred operations too: a chain. */
export interface Operation {
  readonly opcode: Opcode;
  readonly operands: readonly Operand[];
  readonly p: number;
  readonly q: number;
  /** Operations of the chain that ends in this one. */
  readonly size: number;
  /** Elements that a chunk of the chain is a multiple of: 16 and the periods of all operands. */
  readonly unit: number;
  /** Whether it can be computed in the pass of a pending call: see epilogue.ts. */
  readonly isEpilogue: boolean;
  /** Pending calls, one below the other, that it waits for. */
  readonly depth: number;
}

/** An input of an operation: `period` as in assembly/elementwise/operands.ts, 0 for a whole tensor. */
export interface Operand {
  readonly buffer: HeapBuffer;
  readonly period: number;
}

/** A kernel's call that is deferred, so that an epilogue can be computed in the same pass over its output. */
export interface PendingCall {
  readonly kernelName: string;
  readonly operands: readonly HeapBuffer[];
  /** Elements of the bias that the epilogue may add; undefined where it can add none. */
  readonly biasSize?: number;
  /** The operand by whose step the epilogue may multiply, which is relu's gradient; undefined where it cannot. */
  readonly stepOf?: HeapBuffer;
  /** Pending calls, one below the other, itself included. */
  readonly depth: number;
  /**
   * Computes the call to the offset `y`.
   *
   * @param operands their offsets
   * @param bias the offset of the bias, or 0
   * @param activates whether the epilogue takes the relu, or multiplies by the step of `stepOf`
   */
  readonly run: (operands: readonly number[], y: number, bias: number, activates: boolean) => void;
}

/** What an evaluation notes of a buffer that it computes or reads. */
export interface EvaluationNote {
  readonly buffer: HeapBuffer;
  /** Its place among the instructions; -1 for what is read from the heap. */
  position: number;
  /** How many operands it is, and the last instruction that reads it. */
  reads: number;
  lastRead: number;
  /** Where its values go: an offset on the heap, or the number of a register; -1 for neither. */
  target: number;
  register: number;
}
