import type {Opcode} from '../../assembly/elementwise/opcode.js';
import {evaluate, type Sums, sumUp} from './evaluation.js';
import type {Heap} from './heap.js';
import {leastCommonMultiple} from './kernels/shared/arithmetic.js';
import type {KernelExports} from './module/load.js';
import {computeProduct, computeWithProduct, endsProduct, isProduct} from './products.js';

/**
 * The bytes of tensors: on the heap, or still to be computed by an expression or a product. Buffers are counted apart
 * from data ids: the parts of complex tensors share theirs, and expressions and products hold what they read.
 */
export class HeapBuffer {
  /** Where the bytes are; -1 while `expression` or `product` is still to be evaluated. */
  offset = -1;
  references = 1;
  expression: Expression | undefined;
  product: Product | undefined;
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
  /** Whether it was found to be computed together with a product: that plus a bias, the relu of that, or its step. */
  ends: boolean;
}

/** An input of an operation: `period` as in assembly/elementwise/operands.ts, 0 for a whole tensor. */
export interface Operand {
  buffer: HeapBuffer;
  period: number;
}

/**
 * What one kernel computes that was not asked for yet, and what it can compute in the same pass: a bias that is added to
 * it, and a relu of that; or its product with the step of one of its operands.
 */
export interface Product {
  kernelName: string;
  operands: readonly HeapBuffer[];
  /** Elements of the bias that may be added. */
  biasSize?: number;
  /** The operand by whose step it may be multiplied. */
  stepOf?: HeapBuffer;
  /** Computes it to the offset `y`, from the offsets of the operands and of a bias, or 0. */
  run: (operands: number[], y: number, bias: number, activates: boolean) => void;
}

/** Runs an evaluation; `kernelName` is whose product it is, undefined for a chain of operations. */
export type RunEvaluation = (run: () => void, kernelName?: string) => void;

/**
 * Below this many elements an operation costs less than putting it off; between 1024 and 16384 there was no difference.
 * With nothing put off, steps of model B and recipe 2 took 71 and 138 ms instead of 65 and 130.
 */
const MIN_DEFERRED = 4096;
/** The int32 of assembly/memory.ts's PARAMS. */
const PARAM_WORDS = 256;
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
  /** Runs every evaluation, of a kernel's product or of a chain of operations: where a profiler puts its clock. */
  runEvaluation: RunEvaluation = (run) => run();

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
    const ends = endsProduct(opcode, operands);
    for (const {buffer} of operands) if (!ends && isProduct(buffer)) this.offset(buffer);
    let unit = VECTOR_UNIT;
    for (const {period} of operands) if (period > 0) unit = leastCommonMultiple(unit, period);
    if (unit > MAX_UNIT) return undefined;
    let size = 1;
    for (const {buffer, period} of operands) {
      if (!buffer.expression) continue;
      const joint = leastCommonMultiple(unit, buffer.expression.unit);
      if (period > 0 || joint > MAX_UNIT || size + buffer.expression.size > MAX_SIZE) {
        this.offset(buffer);
      } else {
        unit = joint;
        size += buffer.expression.size;
      }
    }
    const result = new HeapBuffer(n * 4);
    result.expression = {opcode, operands, p, q, size, unit, ends};
    for (const {buffer} of operands) buffer.references++;
    return result;
  }

  /** A buffer of so many bytes that a product computes when it is asked for. */
  deferProduct(bytes: number, product: Product): HeapBuffer {
    const result = new HeapBuffer(bytes);
    result.product = product;
    for (const buffer of product.operands) buffer.references++;
    return result;
  }

  /**
   * Sums a short expression up without storing it, as sumUp has it; false where there is none, or where it is so long
   * that computing it once more for others would cost more than storing it.
   */
  sumDeferred(buffer: HeapBuffer, sums: Sums): boolean {
    const {expression} = buffer;
    if (!expression || expression.ends || expression.size > MAX_SUMMED_SIZE) return false;
    if (leastCommonMultiple(expression.unit, sums.columns) > MAX_UNIT) return false;
    this.runEvaluation(() => sumUp(buffer, sums, this));
    return true;
  }

  /** Where the bytes are, which are computed now if they were not before. */
  offset(buffer: HeapBuffer): number {
    const {product, expression} = buffer;
    if (product) this.runEvaluation(() => computeProduct(buffer, this), product.kernelName);
    else if (expression && !computeWithProduct(buffer, this)) this.runEvaluation(() => evaluate(buffer, this));
    return buffer.offset;
  }

  /** Gives up one reference; with the last one the bytes, and what an expression holds, are given back. */
  release(buffer: HeapBuffer): void {
    buffer.references--;
    if (buffer.references > 0) return;
    if (buffer.expression) this.releaseOperands(buffer.expression);
    else if (buffer.product) for (const operand of buffer.product.operands) this.release(operand);
    else if (buffer.offset >= 0) this.heap.release(buffer.offset, buffer.bytes);
  }

  /** Runs what writes parameters, and puts those back that were there: of a call whose operand is computed. */
  keepingParams(run: () => void): void {
    const offset = this.wasm.params_offset();
    const params = new Int32Array(this.heap.memory.buffer, offset, PARAM_WORDS).slice();
    run();
    new Int32Array(this.heap.memory.buffer, offset, PARAM_WORDS).set(params);
  }

  releaseOperands({operands}: Expression): void {
    for (const {buffer} of operands) this.release(buffer);
  }
}
