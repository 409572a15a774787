import {BLOCK_PADDING} from '../../assembly/abi.js';
import type {Opcode} from '../../assembly/elementwise/opcode.js';
import {leastCommonMultiple} from './arithmetic.js';
import {type HeapBuffer, isDeferred, type Operand, type PendingCall} from './buffer.js';
import {beginningOf, type Epilogue, epilogueOf, isEpilogue, isPending} from './epilogue.js';
import {OutOfMemoryError} from './errors.js';
import type {Evaluation} from './evaluation.js';
import {HeldMemory} from './held-memory.js';
import type {Sums} from './program.js';
import type {Storage} from './storage.js';

/** Runs an evaluation: of a pending call of the kernel `kernelName`, or of a chain of operations. */
export type RunEvaluation = (run: () => void, kernelName?: string) => void;

/**
 * Operations on fewer elements cost less than deferring them; between 1024 and 16384 there was no difference. With
 * nothing deferred, steps of simple-cnn-b and batch-norm-cnn took 71 and 138 ms instead of 65 and 130.
 */
const MIN_DEFERRED = 4096;
/** Elements to which every block of the heap is padded. */
const VECTOR_UNIT = BLOCK_PADDING / 4;
/** Chunks have a multiple of at most so many elements: several chunks must fit into the first-level cache together. */
const MAX_UNIT = 4096;
/** The most operations in a chain. */
const MAX_SIZE = 32;
/**
 * The most operations of a chain that is summed without being stored: if its values are needed too, it is computed
 * again. A longer one is stored in the same pass.
 */
const MAX_SUMMED_SIZE = 4;
/**
 * The longest sequence of pending calls, each an operand of the next: computing the last computes all, by recursion.
 */
const MAX_DEPTH = 16;

/** Decides what is deferred, and when it is computed. */
export class Deferral {
  /** Operations and calls with fewer elements run at once. */
  minElements = MIN_DEFERRED;
  /** Runs every evaluation; a profiler measures here. */
  runEvaluation: RunEvaluation = (run) => run();
  /** How many evaluations run: one computes the operands of another. */
  private running = 0;
  private readonly held: HeldMemory;

  constructor(
    private readonly storage: Storage,
    private readonly evaluation: Evaluation,
  ) {
    this.held = new HeldMemory(storage, (buffer) => this.compute(buffer));
    storage.heap.reclaim = () => this.reclaim();
  }

  /**
   * Defers an operation on n elements: returns a buffer that is computed when its offset is needed; undefined if the
   * periods of the operands ask for chunks that are too large.
   */
  deferOperation(
    opcode: Opcode,
    n: number,
    operands: readonly Operand[],
    p: number,
    q: number,
  ): HeapBuffer | undefined {
    this.held.limit();
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

  /** Defers a call: returns a buffer of `bytes` bytes that is computed when its offset is needed. */
  deferCall(bytes: number, call: Omit<PendingCall, 'depth'>): HeapBuffer {
    this.held.limit();
    for (const operand of call.operands) if (depthOf(operand) >= MAX_DEPTH) this.offset(operand);
    return this.storage.deferCall(bytes, {...call, depth: deepest(call.operands) + 1});
  }

  /**
   * Sums a chain: a short one without storing it, see Evaluation.sum(). False if the buffer has no chain, or a sum is not
   * finite.
   */
  sum(buffer: HeapBuffer, sums: Sums): boolean {
    const {operation} = buffer;
    if (!operation || operation.isEpilogue) return false;
    if (leastCommonMultiple(operation.unit, sums.columns) > MAX_UNIT) return false;
    let isSummed = false;
    this.run(() => {
      isSummed = this.evaluation.sum(buffer, sums, operation.size > MAX_SUMMED_SIZE);
    });
    return isSummed;
  }

  /**
   * The offset of the bytes; what is deferred is computed now.
   *
   * @throws OutOfMemoryError; what was deferred stays deferred then.
   */
  offset(buffer: HeapBuffer): number {
    if (!isDeferred(buffer)) return buffer.offset;
    try {
      this.compute(buffer);
    } catch (error) {
      if (!(error instanceof OutOfMemoryError && this.reclaim())) throw error;
      if (isDeferred(buffer)) this.compute(buffer);
    }
    return buffer.offset;
  }

  /** Computes all that is deferred and owned: the last first, whose pass computes what it depends on too. */
  computeAll(): void {
    for (const buffer of [...this.storage.pending].reverse()) this.offset(buffer);
  }

  private compute(buffer: HeapBuffer): void {
    const {call} = buffer;
    if (call) {
      this.run(() => this.runCall(buffer, {call: withPooled(call), source: buffer, activates: false}), call.kernelName);
    } else if (!this.runAsEpilogue(buffer)) {
      this.run(() => this.evaluation.compute(buffer));
    }
  }

  private run(evaluate: () => void, kernelName?: string): void {
    this.running++;
    try {
      this.runEvaluation(evaluate, kernelName);
    } finally {
      this.running--;
    }
  }

  /** Frees memory that layouts or disposed tensors take; within an evaluation nothing else can be computed. */
  private reclaim(): boolean {
    return this.storage.dropLayouts() || (this.running === 0 && this.held.reclaim());
  }

  /**
   * Computes an operation as the epilogue of its pending call; false if that is not possible. The call's own buffer
   * stays deferred, since few programs read it.
   */
  private runAsEpilogue(buffer: HeapBuffer): boolean {
    if (!buffer.operation?.isEpilogue) return false;
    const beginning = beginningOf(buffer);
    if (beginning !== buffer && beginning.references > 1) {
      // The sum itself is also referenced elsewhere, so that it has to be stored anyway.
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
    const {source, call} = epilogue;
    if (source.holders > 1 || source.hasRun) {
      // Others read the output too: run for the epilogue of each, the call would take longer than all epilogues.
      this.offset(source);
      return false;
    }
    this.run(() => this.runCall(buffer, epilogue), call.kernelName);
    if (isDeferred(source)) this.storage.noteRun(source);
    return true;
  }

  private runCall(buffer: HeapBuffer, {call, bias, activates}: Epilogue): void {
    const start = bias ? this.offset(bias) : 0;
    const operands = call.operands.map((operand) => this.offset(operand));
    this.evaluation.runCall(buffer, call, operands, start, activates);
  }
}

/** A pool and the pending call that it reads as one call, if nothing else reads that. */
function withPooled(call: PendingCall): PendingCall {
  const [pooled] = call.operands;
  if (!call.pools || !pooled.call?.runPooled || pooled.references > 1) return call;
  return {...call, operands: pooled.call.operands, run: pooled.call.runPooled};
}

function depthOf({call, operation}: HeapBuffer): number {
  return call?.depth ?? operation?.depth ?? 0;
}

function deepest(buffers: readonly HeapBuffer[]): number {
  return buffers.reduce((depth, buffer) => Math.max(depth, depthOf(buffer)), 0);
}
