import {Opcode} from '../../assembly/elementwise/opcode.js';
import type {HeapBuffer, Operand, PendingCall} from './buffer.js';

/**
 * What a pending call also computes in its pass over the output: it adds a bias, takes the relu of that, or multiplies
 * by the step of an operand of its own.
 */
export interface Epilogue {
  call: PendingCall;
  /** The buffer of the call. */
  source: HeapBuffer;
  bias?: HeapBuffer;
  /** Whether it takes the relu, or multiplies by the step. */
  activates: boolean;
}

/**
 * Whether an operation can be the epilogue of a pending call, or part of it: the addition of a bias, the relu of that,
 * or the multiplication by a step.
 */
export function isEpilogue(opcode: Opcode, operands: readonly Operand[]): boolean {
  if (opcode === Opcode.add_f32) return withBias(operands) !== undefined;
  if (opcode === Opcode.multiply_f32) return withStep(operands) !== undefined;
  const {operation} = operands[0].buffer;
  return opcode === Opcode.relu_f32 && operation?.opcode === Opcode.add_f32 && operation.isEpilogue;
}

/** Whether a buffer waits for a pending call: only an epilogue may read it before it is computed. */
export function isPending({call, operation}: HeapBuffer): boolean {
  return call !== undefined || operation?.isEpilogue === true;
}

/**
 * The buffer of the first operation of an epilogue, the addition or multiplication: the operand of a relu, else
 * `buffer` itself.
 */
export function beginningOf(buffer: HeapBuffer): HeapBuffer {
  const {operation} = buffer;
  return operation?.opcode === Opcode.relu_f32 ? operation.operands[0].buffer : buffer;
}

/**
 * The pending call that can compute `buffer`, with the epilogue. Undefined if there is none any more: the output of the
 * call, the sum or the step was needed by itself, and computed, in the meantime.
 */
export function epilogueOf(buffer: HeapBuffer): Epilogue | undefined {
  const beginning = beginningOf(buffer);
  const {opcode, operands = []} = beginning.operation ?? {};
  if (opcode === Opcode.multiply_f32) return withStep(operands);
  const found = withBias(operands);
  return found && {...found, activates: beginning !== buffer};
}

/** A pending call and a bias of its size, in either order. */
function withBias(operands: readonly Operand[]): Epilogue | undefined {
  for (const [i, {buffer}] of operands.entries()) {
    const bias = operands[1 - i];
    if (buffer.call && bias?.period === buffer.call.biasSize) {
      return {call: buffer.call, source: buffer, bias: bias.buffer, activates: false};
    }
  }
  return undefined;
}

/** A pending call, and the step of its operand `stepOf`. */
function withStep([first, second]: readonly Operand[]): Epilogue | undefined {
  const {call} = first.buffer;
  const step = second.buffer.operation;
  if (!call?.stepOf || step?.opcode !== Opcode.step_f32 || step.p !== 0) return undefined;
  return step.operands[0].buffer === call.stepOf ? {call, source: first.buffer, activates: true} : undefined;
}
