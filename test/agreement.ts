import {expect} from 'vitest';
import type {Outcome} from './parity/pair';

/** Fails with what `difference` found, in one line and in full. */
export function expectAgreement(found: string | undefined, reference: string): void {
  if (found !== undefined) expect.fail(`differs from ${reference}: ${found}`);
}

/** Fails where a case has not the same results on both backends, or none. */
export function expectSame({status, message, cause}: Outcome, reference: string): void {
  if (status !== 'agrees') throw new Error(`differs from ${reference}: ${message}`, {cause});
}
