import {Opcode} from '../../assembly/elementwise/opcode.js';
import type {HeapBuffer, Operand, PendingCall} from './buffer.js';

/** What a pending call ends in: a bias, its relu, or the step of one of its own operands. */
export interface Epilogue {
  call: PendingCall;
  bias?: HeapBuffer;
  /** Whether a relu is taken, or the step is multiplied by. */
  activates: boolean;
}

/** Whether an operation can be the epilogue of a pending call, or go on with one: a bias, the relu of it, or a step. */
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

/** The sum or product that an epilogue's operation begins with: itself, or what its relu is taken of. */
export function beginningOf(buffer: HeapBuffer): HeapBuffer {
  const {operation} = buffer;
  return operation?.opcode === Opcode.relu_f32 ? operation.operands[0].buffer : buffer;
}

/**
 * The call that computes an epilogue's operation in its own pass; undefined where there is none any more: the call, the
 * sum or the step was asked for itself meanwhile.
 */
export function epilogueOf(buffer: HeapBuffer): Epilogue | undefined {
  const beginning = beginningOf(buffer);
  const {opcode, operands = []} = beginning.operation ?? {};
  if (opcode === Opcode.multiply_f32) return withStep(operands);
  const found = withBias(operands);
  return found && {...found, activates: beginning !== buffer};
}

/** A pending call and a bias that fits it, in either order. */
function withBias(operands: readonly Operand[]): Epilogue | undefined {
  for (const [i, {buffer}] of operands.entries()) {
    const bias = operands[1 - i];
    if (buffer.call && bias?.period === buffer.call.biasSize) {
      return {call: buffer.call, bias: bias.buffer, activates: false};
    }
  }
  return undefined;
}

/** A pending call and the step of its operand. */
function withStep([first, second]: readonly Operand[]): Epilogue | undefined {
  const {call} = first.buffer;
  const step = second.buffer.operation;
  if (!call?.stepOf || step?.opcode !== Opcode.step_f32 || step.p !== 0) return undefined;
  return step.operands[0].buffer === call.stepOf ? {call, activates: true} : undefined;
}
