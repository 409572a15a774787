import {deflateRawSync} from 'node:zlib';
import fc from 'fast-check';
import {builtInDigits} from 'mnist-wasm/mnist';
import {describe, expect, it} from 'vitest';
import {type LabelledDigit, PIXELS} from './digits';
import {digitsLink, digitsOfLink, isDigitsLink, latestThatFit, MOST_LINKED} from './link';

const {test} = builtInDigits({trainSize: 1, testSize: 300});
const digits: LabelledDigit[] = Array.from(test.labels, (label, i) => ({
  label,
  pixels: test.images.slice(i * PIXELS, (i + 1) * PIXELS),
}));
/** With the ink that a link can carry. */
const rounded = (some: readonly LabelledDigit[]) =>
  some.map(({label, pixels}) => ({label, pixels: pixels.map((value) => 85 * Math.round((3 * value) / 255))}));
const linkOfBytes = (bytes: ArrayLike<number>) =>
  `#digits=1${deflateRawSync(Uint8Array.from(bytes)).toString('base64url')}`;

describe('a link with digits', () => {
  it('carries them at four steps of ink', async () => {
    const link = await digitsLink(digits.slice(0, 30));
    expect(link).toMatch(/^#digits=1[\w-]+$/);
    expect(isDigitsLink(link)).toBe(true);
    expect(await digitsOfLink(link)).toEqual(rounded(digits.slice(0, 30)));
  });

  it('carries images of any kind, and what it carried once unchanged', async () => {
    const image = fc.oneof(
      fc.uint8Array({minLength: PIXELS, maxLength: PIXELS}),
      fc.constant(new Uint8Array(PIXELS)),
      fc.nat(PIXELS - 1).map((place) => new Uint8Array(PIXELS).fill(255, place, place + 1)),
    );
    const some = fc.array(fc.record({label: fc.nat(9), pixels: image}), {minLength: 1, maxLength: 5});
    await fc.assert(
      fc.asyncProperty(some, async (all) => {
        const once = await digitsOfLink(await digitsLink(all));
        expect(once).toEqual(rounded(all));
        expect(await digitsOfLink(await digitsLink(once))).toEqual(once);
      }),
      {numRuns: 30},
    );
  });

  it('is refused where it is cut off, changed, of another version or empty', async () => {
    const link = await digitsLink(digits.slice(0, 10));
    for (const length of [9, 10, 20, link.length - 1]) {
      await expect(digitsOfLink(link.slice(0, length)), String(length)).rejects.toThrow('damaged');
    }
    await expect(digitsOfLink('#digits=')).rejects.toThrow('damaged');
    await expect(digitsOfLink(link.replace('=1', '=2'))).rejects.toThrow('version "2"');
    await expect(digitsOfLink('#digits=1%00<script>')).rejects.toThrow('damaged');
    await expect(digitsOfLink(linkOfBytes([]))).rejects.toThrow('damaged');
  });

  it.each([
    ['a label of 10', [10, 0, 0, 1, 1, 0]],
    ['a box that is empty', [1, 0, 0, 0, 1]],
    ['a box beyond the image', [1, 20, 0, 9, 1, 0, 0, 0]],
    ['fewer pixels than its box has', [1, 0, 0, 28, 28, 255]],
    ['half a digit', [1, 0]],
  ])('is refused with %s', async (_, bytes) => {
    await expect(digitsOfLink(linkOfBytes(bytes))).rejects.toThrow('damaged');
  });

  it('is refused where it is huge, before it is unpacked', async () => {
    await expect(digitsOfLink(`#digits=1${'A'.repeat(70_000)}`)).rejects.toThrow('too long');
    // 60 kB that would become 60 MB.
    await expect(digitsOfLink(linkOfBytes(new Uint8Array(4e7)))).rejects.toThrow('too long');
    const one = [1, 0, 0, 1, 1, 3];
    await expect(digitsOfLink(linkOfBytes(new Array(MOST_LINKED + 1).fill(one).flat()))).rejects.toThrow('too long');
  });

  it('of the latest that fit is as long as it may be', async () => {
    const addressOf = (hash: string) => `https://example.org/${hash}`;
    const fit = await latestThatFit(digits, addressOf, 1732);
    expect(fit?.address.length).toBeLessThanOrEqual(1732);
    const {count = 0} = fit ?? {};
    expect(await digitsOfLink(new URL(fit?.address ?? '').hash)).toEqual(rounded(digits.slice(-count)));
    expect(addressOf(await digitsLink(digits.slice(-count - 1))).length).toBeGreaterThan(1732);
    expect(await latestThatFit(digits, addressOf, 30)).toBeUndefined();
    expect((await latestThatFit(digits.slice(0, 3), addressOf, 1732))?.count).toBe(3);
  });
});
