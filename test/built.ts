import type {TestProject} from 'vitest/node';
import {assertBuilt, StaleBuildError} from '../scripts/inputs.mjs';

/** What the tests of a project load of dist/ and build/. */
const USED = {
  relaxed: ['relaxed', 'bundles'],
  simd: ['simd', 'bundles'],
  package: ['relaxed', 'simd', 'bundles', 'types', 'programs'],
  web: ['relaxed', 'simd', 'bundles'],
} as const;

/** Ends a run whose tests would load what was built from other sources than those that are there now. */
export default function setup({name}: TestProject): void {
  try {
    assertBuilt(USED[name as keyof typeof USED]);
  } catch (error) {
    if (!(error instanceof StaleBuildError)) throw error;
    // Of an error that is thrown here vitest says first that there are no tests.
    console.error(`error: ${error.message}`);
    process.exit(1);
  }
}
