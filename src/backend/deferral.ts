import type {Opcode} from '../../assembly/elementwise/opcode.js';
import {leastCommonMultiple} from './arithmetic.js';
import type {HeapBuffer, Operand, PendingCall} from './buffer.js';
import {beginningOf, epilogueOf, isEpilogue, isPending} from './epilogue.js';
import type {Evaluation} from './evaluation.js';
import type {Sums} from './program.js';
import type {Storage} from './storage.js';

/** Runs an evaluation; `kernelName` is whose call was pending, undefined for a chain of operations. */
export type RunEvaluation = (run: () => void, kernelName?: string) => void;

/**
 * Below this many elements an operation costs less than deferring it; between 1024 and 16384 there was no difference.
 * With nothing deferred, steps of model B and recipe 2 took 71 and 138 ms instead of 65 and 130.
 */
const MIN_DEFERRED = 4096;
/** Elements to which every block of the heap is padded. */
const VECTOR_UNIT = 16;
/** The most elements of a chunk: a few chunks fit into the first-level cache together. */
const MAX_UNIT = 4096;
/** The most operations of a chain. */
const MAX_SIZE = 32;
/** The most operations that are computed for a sum, and once more where they are asked for otherwise. */
const MAX_SUMMED_SIZE = 4;
/** The most pending calls that wait for one another: computing the last one computes them all, by recursion. */
const MAX_DEPTH = 16;

/** Decides what is deferred, and when it has to be computed. */
export class Deferral {
  /** Operations and calls with fewer elements run at once. */
  minElements = MIN_DEFERRED;
  /** Runs every evaluation: where a profiler puts its clock. */
  runEvaluation: RunEvaluation = (run) => run();

  constructor(
    private readonly storage: Storage,
    private readonly evaluation: Evaluation,
  ) {}

  /** A buffer that an operation on n elements computes when it is asked for; undefined where that does not pay. */
  deferOperation(
    opcode: Opcode,
    n: number,
    operands: readonly Operand[],
    p: number,
    q: number,
  ): HeapBuffer | undefined {
    const isEpilogueHere = isEpilogue(opcode, operands);
    for (const {buffer} of operands) if (!isEpilogueHere && isPending(buffer)) this.offset(buffer);
    let unit = VECTOR_UNIT;
    for (const {period} of operands) if (period > 0) unit = leastCommonMultiple(unit, period);
    if (unit > MAX_UNIT) return undefined;
    let size = 1;
    for (const {buffer, period} of operands) {
      if (!buffer.operation) continue;
      const joint = leastCommonMultiple(unit, buffer.operation.unit);
      if (period > 0 || joint > MAX_UNIT || size + buffer.operation.size > MAX_SIZE) {
        this.offset(buffer);
      } else {
        unit = joint;
        size += buffer.operation.size;
      }
    }
    const depth = deepest(operands.map(({buffer}) => buffer));
    return this.storage.deferOperation(n * 4, {
      opcode,
      operands,
      p,
      q,
      size,
      unit,
      isEpilogue: isEpilogueHere,
      depth,
    });
  }

  /** A buffer of so many bytes that a call computes when it is asked for. */
  deferCall(bytes: number, call: Omit<PendingCall, 'depth'>): HeapBuffer {
    for (const operand of call.operands) if (depthOf(operand) >= MAX_DEPTH) this.offset(operand);
    return this.storage.deferCall(bytes, {...call, depth: deepest(call.operands) + 1});
  }

  /**
   * Sums up a short chain without storing it, as Evaluation has it; false where there is none, or where it is so long
   * that computing it once more for others would cost more than storing it.
   */
  sum(buffer: HeapBuffer, sums: Sums): boolean {
    const {operation} = buffer;
    if (!operation || operation.isEpilogue || operation.size > MAX_SUMMED_SIZE) return false;
    if (leastCommonMultiple(operation.unit, sums.columns) > MAX_UNIT) return false;
    this.runEvaluation(() => this.evaluation.sum(buffer, sums));
    return true;
  }

  /**
   * Where the bytes are, which are computed now if they were not before.
   *
   * @throws OutOfMemoryError; what is deferred still is then.
   */
  offset(buffer: HeapBuffer): number {
    const {call, operation} = buffer;
    if (call) this.runCall(buffer, call, undefined, false);
    else if (operation && !this.runAsEpilogue(buffer)) this.runEvaluation(() => this.evaluation.compute(buffer));
    return buffer.offset;
  }

  /**
   * Computes an epilogue's operation in the pass of its call; false where that cannot be. What the call alone gives
   * stays deferred: mostly nobody ever asks for it.
   */
  private runAsEpilogue(buffer: HeapBuffer): boolean {
    if (!buffer.operation?.isEpilogue) return false;
    const beginning = beginningOf(buffer);
    if (beginning !== buffer && beginning.references > 1) {
      // Somebody else holds the sum, so that it is stored anyway.
      this.offset(beginning);
      return false;
    }
    const epilogue = epilogueOf(buffer);
    if (!epilogue) {
      for (const operand of beginning.operation?.operands ?? []) {
        if (isPending(operand.buffer)) this.offset(operand.buffer);
      }
      return false;
    }
    this.runCall(buffer, epilogue.call, epilogue.bias, epilogue.activates);
    return true;
  }

  private runCall(buffer: HeapBuffer, call: PendingCall, bias: HeapBuffer | undefined, activates: boolean): void {
    this.runEvaluation(() => {
      const start = bias ? this.offset(bias) : 0;
      const operands = call.operands.map((operand) => this.offset(operand));
      this.evaluation.runCall(buffer, call, operands, start, activates);
    }, call.kernelName);
  }
}

function depthOf({call, operation}: HeapBuffer): number {
  return call?.depth ?? operation?.depth ?? 0;
}

function deepest(buffers: readonly HeapBuffer[]): number {
  return buffers.reduce((depth, buffer) => Math.max(depth, depthOf(buffer)), 0);
}
