import {Opcode} from '../../../../assembly/elementwise/opcode.js';

/** The opcode under which a function can be deferred, if there is one. */
export function opcodeOf(run: string): Opcode | undefined {
  return (Opcode as unknown as Record<string, Opcode | undefined>)[run];
}
