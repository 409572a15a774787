/** Buffers without a heap, for tests of code that decides by buffers alone. */
import type {Opcode} from '../../../assembly/elementwise/opcode';
import type {HeapBuffer, Operand, Operation, PendingCall} from '../buffer';
import {isEpilogue} from '../epilogue';

export interface TestBuffer extends HeapBuffer {
  references: number;
  holders: number;
  offset: number;
  operation: Operation | undefined;
  call: PendingCall | undefined;
  /** The value of a buffer of one number. */
  number: number;
}

/** A buffer that is on the heap. */
export function bytes(value = Number.NaN): TestBuffer {
  const state = {operation: undefined, call: undefined, hasRun: false, note: undefined};
  return {bytes: 64, references: 1, holders: 0, offset: 64, number: value, ...state};
}

/** An operand that is one number. */
export function number(value: number): Operand {
  return {buffer: bytes(value), period: 1};
}

/** The buffer of a deferred operation on buffers, or on operands with periods, that nothing else refers to. */
export function operation(opcode: Opcode, inputs: readonly (HeapBuffer | Operand)[], p = 0): TestBuffer {
  const operands = inputs.map((input) => ('buffer' in input ? input : {buffer: input, period: 0}));
  const deferred = {opcode, operands, p, q: 0, size: 1, unit: 16, isEpilogue: isEpilogue(opcode, operands), depth: 0};
  return {...bytes(), offset: -1, operation: deferred};
}

/** The buffer of a pending call. */
export function pending(call: Partial<PendingCall>): TestBuffer {
  return {...bytes(), offset: -1, call: {kernelName: 'Conv2D', operands: [], depth: 1, run: () => {}, ...call}};
}
