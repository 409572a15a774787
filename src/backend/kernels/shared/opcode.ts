import {Opcode} from '../../../../assembly/elementwise/opcode.js';

/** The opcode with which a function can be deferred, if it has one. */
export function opcodeOf(run: string): Opcode | undefined {
  return (Opcode as unknown as Record<string, Opcode | undefined>)[run];
}
