import {memory, setBackend} from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import 'mnist-wasm';
import {KerasError, loadKeras} from 'mnist-wasm/keras';
import {beforeAll, describe, expect, it} from 'vitest';
import {bitsOf, discard, fixture} from './fixtures/files';

beforeAll(async () => {
  await setBackend('mnist-wasm');
});

/** What may happen to a file on its way: bits flip, it is cut off, a block is overwritten, written twice or left out. */
const damage = fc.record({
  kind: fc.constantFrom('flip', 'cut', 'overwrite', 'repeat', 'remove'),
  at: fc.double({min: 0, max: 1, maxExcluded: true, noNaN: true}),
  length: fc.constantFrom(1, 2, 7, 8, 64, 512),
  byte: fc.constantFrom(0, 1, 0x7f, 0x80, 0xff),
  bit: fc.nat(7),
});

function damaged(
  file: Uint8Array,
  {kind, at, length, byte, bit}: typeof damage extends fc.Arbitrary<infer T> ? T : never,
) {
  const start = Math.floor(at * file.length);
  const end = Math.min(start + length, file.length);
  const joined = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));
  if (kind === 'cut') return file.slice(0, start);
  if (kind === 'repeat') return joined(file.subarray(0, end), file.subarray(start));
  if (kind === 'remove') return joined(file.subarray(0, start), file.subarray(end));
  const copy = file.slice();
  if (kind === 'flip') copy[start] ^= 1 << bit;
  else copy.fill(byte, start, end);
  return copy;
}

// A zip has checksums. HDF5 has none here, and what is flipped in a weight is another weight.
describe.each([
  ['convolutions.keras', true, 150],
  ['branches.keras', true, 100],
  ['convolutions.h5', false, 150],
  ['branches.h5', false, 100],
])('%s, damaged anywhere', (name, hasChecksums, numRuns) => {
  it('is refused by one clear error or loads, in little time and memory', {timeout: 120_000}, async () => {
    const whole = fixture(name);
    const model = await loadKeras(whole);
    const bits = bitsOf(model);
    discard(model);
    const {numTensors} = memory();
    await fc.assert(
      fc.asyncProperty(damage, async (how) => {
        const {cpu, rss} = {cpu: process.cpuUsage(), rss: process.memoryUsage().rss};
        try {
          const loaded = await loadKeras(damaged(whole, how));
          if (hasChecksums) expect(bitsOf(loaded)).toEqual(bits);
          discard(loaded);
        } catch (error) {
          expect(error).toBeInstanceOf(KerasError);
          expect((error as KerasError).message).not.toMatch(/undefined|\[object/);
        }
        expect(memory().numTensors).toBe(numTensors);
        const {user, system} = process.cpuUsage(cpu);
        expect((user + system) / 1e6).toBeLessThan(10);
        expect(process.memoryUsage().rss - rss).toBeLessThan(2 ** 29);
      }),
      {seed: 17, numRuns},
    );
    const again = await loadKeras(whole);
    expect(bitsOf(again)).toEqual(bits);
    discard(again);
  });
});
