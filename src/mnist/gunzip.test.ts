import {gzipSync} from 'node:zlib';
import fc from 'fast-check';
import {expect, it} from 'vitest';
import {MnistError} from './error.js';
import {gunzip} from './gunzip.js';

const plain = Uint8Array.from({length: 5000}, (_, i) => (i * i * 7) % 253);
const zipped = new Uint8Array(gzipSync(plain));

it('unzips gzip data and leaves plain data alone', async () => {
  expect(Buffer.compare(await gunzip(zipped, 'a.gz', Infinity), plain)).toBe(0);
  expect(await gunzip(plain, 'a', Infinity)).toBe(plain);
});

it('gives back the whole data or an MnistError, however the gzip data is damaged', async () => {
  let refused = 0;
  const damage = fc.record({
    // From byte 2 on: without the magic number it is plain data.
    changes: fc.array(fc.record({at: fc.integer({min: 2, max: zipped.length - 1}), value: fc.nat(255)}), {
      maxLength: 4,
    }),
    length: fc.oneof(fc.constant(zipped.length), fc.integer({min: 2, max: zipped.length + 10})),
  });
  await fc.assert(
    fc.asyncProperty(damage, async ({changes, length}) => {
      const bytes = new Uint8Array(length);
      bytes.set(zipped.subarray(0, length));
      for (const {at, value} of changes) if (at < length) bytes[at] = value;
      try {
        expect(Buffer.compare(await gunzip(bytes, 'a.gz', 10_000), plain)).toBe(0);
      } catch (error) {
        if (!(error instanceof MnistError)) throw error;
        expect(error.message).toMatch(/^a\.gz, byte \d+: expected /);
        refused++;
      }
    }),
    {numRuns: 300},
  );
  expect(refused).toBeGreaterThan(100);
});

it('stops at the limit', async () => {
  await expect(gunzip(zipped, 'a.gz', 4999)).rejects.toMatchObject({file: 'a.gz', offset: 4999});
  expect(await gunzip(zipped, 'a.gz', 5000)).toHaveLength(5000);
});
