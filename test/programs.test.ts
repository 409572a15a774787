/**
 * Random programs against tfjs-backend-cpu, with allocations that fail: no difference beyond float32's conditioning, no
 * leak, nothing used after it was released. PROGRAM_MINUTES runs them for so long, PROGRAM_SEED begins elsewhere.
 */
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-layers';
import 'mnist-wasm';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import {beforeAll, describe, expect, it} from 'vitest';
import {expectAgreement} from './agreement';
import {difference} from './cases/compare';
import {chainsOf} from './chains';
import {guardHeap} from './guard';
import {reference} from './parity/pair';
import {operations} from './programs/operations';
import {injectFailures, runProgram} from './programs/program';
import {backend, memory} from './running';

const {PROGRAM_MINUTES = '0', PROGRAM_SEED = '1'} = process.env;
const minutes = Number(PROGRAM_MINUTES);
const programs = fc.record({
  steps: chainsOf(operations.length, 12),
  failures: fc.array(fc.nat(40), {maxLength: 8}),
  minElements: fc.constantFrom(1, 1, 4096),
});

beforeAll(async () => {
  await tf.setBackend('mnist-wasm');
  guardHeap(backend());
});

describe('random programs', () => {
  it('give what tfjs-backend-cpu gives, also where memory runs out', {
    timeout: 120_000 + 61_000 * minutes,
  }, async () => {
    let failed = 0;
    let runs = 0;
    const property = fc.asyncProperty(programs, async (program) => {
      await tf.setBackend(reference());
      const expected = runProgram(program);
      await tf.setBackend('mnist-wasm');
      backend().minDeferred = program.minElements;
      const {heapBytes} = memory();
      const restore = injectFailures(backend(), program.failures);
      try {
        expectAgreement(difference(expected, runProgram(program), {relative: 1e-4, of: 'output'}), 'the CPU backend');
      } finally {
        failed += restore();
        runs++;
      }
      expect(memory()).toMatchObject({heapBytes, pendingBytes: 0, heldBytes: 0});
    });
    const length = minutes > 0 ? {numRuns: 1e9, interruptAfterTimeLimit: 60_000 * minutes} : {numRuns: 150};
    await fc.assert(property, {seed: Number(PROGRAM_SEED), ...length});
    console.log(`${runs} programs, ${failed} allocations that failed`);
    expect(failed).toBeGreaterThan(runs / 2);
  });
});
