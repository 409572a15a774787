import type {Opcode} from '../assembly/elementwise/opcode.js';
import {evaluate, type Sums, sumUp} from './evaluation.js';
import type {Heap} from './heap.js';
import {leastCommonMultiple} from './kernels/shared/arithmetic.js';
import type {KernelExports} from './module/load.js';

/**
 * The bytes of tensors: on the heap, or still to be computed by an expression. Buffers are counted apart from data ids:
 * the parts of complex tensors share theirs, and expressions hold what they read.
 */
export class HeapBuffer {
  /** Where the bytes are; -1 while `expression` is still to be evaluated. */
  offset = -1;
  references = 1;
  expression: Expression | undefined;
  /** Its place in the evaluation that is under way, which instructions read it, and the last of them. */
  position = -1;
  reads = 0;
  lastRead = -1;
  /** Where it computes the bytes: an offset on the heap, or the number of a register. */
  target = -1;
  register = -1;

  constructor(readonly bytes: number) {}
}

/** An operation whose result was not asked for yet. */
export interface Expression {
  opcode: Opcode;
  operands: readonly Operand[];
  p: number;
  q: number;
  /** Operations, those of its operands included. */
  size: number;
  /** Elements that a chunk of it is a multiple of: 16 and the periods of all its operands. */
  unit: number;
}

/** An input of an operation: `period` as in assembly/elementwise/operands.ts, 0 for a whole tensor. */
export interface Operand {
  buffer: HeapBuffer;
  period: number;
}

/**
 * Below this many elements an operation costs less than putting it off; between 1024 and 16384 there was no difference.
 * With nothing put off, steps of model B and recipe 2 took 71 and 138 ms instead of 65 and 130.
 */
const MIN_DEFERRED = 4096;
/** Elements to which every block of the heap is padded. */
const VECTOR_UNIT = 16;
/** The most elements of a chunk: a few chunks fit into the first-level cache together. */
const MAX_UNIT = 4096;
/** The most operations that are put off together. */
const MAX_SIZE = 32;

/** The most operations that are computed for a sum, and once more where they are asked for otherwise. */
const MAX_SUMMED_SIZE = 4;

/** Hands out buffers on one heap and takes them back. */
export class Buffers {
  /** Operations on fewer elements run at once. */
  minDeferred = MIN_DEFERRED;
  /** Runs every evaluation: where a profiler puts its clock. */
  runEvaluation = (run: () => void): void => run();

  constructor(
    readonly wasm: KernelExports,
    readonly heap: Heap,
  ) {}

  allocate(bytes: number): HeapBuffer {
    const buffer = new HeapBuffer(bytes);
    buffer.offset = this.heap.allocate(bytes);
    return buffer;
  }

  /** A buffer that an operation on n elements computes when it is asked for; undefined where that does not pay. */
  defer(opcode: Opcode, n: number, operands: readonly Operand[], p: number, q: number): HeapBuffer | undefined {
    let unit = VECTOR_UNIT;
    for (const {period} of operands) if (period > 0) unit = leastCommonMultiple(unit, period);
    if (unit > MAX_UNIT) return undefined;
    let size = 1;
    for (const {buffer, period} of operands) {
      if (!buffer.expression) continue;
      const joint = leastCommonMultiple(unit, buffer.expression.unit);
      if (period > 0 || joint > MAX_UNIT || size + buffer.expression.size > MAX_SIZE) {
        this.runEvaluation(() => evaluate(buffer, this));
      } else {
        unit = joint;
        size += buffer.expression.size;
      }
    }
    const result = new HeapBuffer(n * 4);
    result.expression = {opcode, operands, p, q, size, unit};
    for (const {buffer} of operands) buffer.references++;
    return result;
  }

  /**
   * Sums a short expression up without storing it, as sumUp has it; false where there is none, or where it is so long
   * that computing it once more for others would cost more than storing it.
   */
  sumDeferred(buffer: HeapBuffer, sums: Sums): boolean {
    const {expression} = buffer;
    if (!expression || expression.size > MAX_SUMMED_SIZE) return false;
    if (leastCommonMultiple(expression.unit, sums.columns) > MAX_UNIT) return false;
    this.runEvaluation(() => sumUp(buffer, sums, this));
    return true;
  }

  /** Where the bytes are, which are computed now if they were not before. */
  offset(buffer: HeapBuffer): number {
    if (buffer.expression) this.runEvaluation(() => evaluate(buffer, this));
    return buffer.offset;
  }

  /** Gives up one reference; with the last one the bytes, and what an expression holds, are given back. */
  release(buffer: HeapBuffer): void {
    buffer.references--;
    if (buffer.references > 0) return;
    if (buffer.expression) this.releaseOperands(buffer.expression);
    else if (buffer.offset >= 0) this.heap.release(buffer.offset, buffer.bytes);
  }

  releaseOperands({operands}: Expression): void {
    for (const {buffer} of operands) this.release(buffer);
  }
}
