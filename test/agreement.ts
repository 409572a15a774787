import {expect} from 'vitest';

/** Fails with what `difference` found, in one line and in full. */
export function expectAgreement(found: string | undefined, reference: string): void {
  if (found !== undefined) expect.fail(`differs from ${reference}: ${found}`);
}
