import {createHash} from 'node:crypto';
import fc from 'fast-check';
import {describe, expect, it, vi} from 'vitest';
import {digest, temporaryFolder} from '../fixtures/index.js';
import {loadMnist} from '../index.js';
import type {MnistSplit} from '../types.js';
import {drawDigits} from './draw.js';
import {skeletons} from './skeletons.js';

const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const imageAt = ({images}: MnistSplit, i: number) => images.subarray(i * 784, (i + 1) * 784);
const some = drawDigits({count: 3000, seed: 11});

describe('drawDigits', () => {
  it('draws the same bytes on every platform and in every version of this package', () => {
    const {images, labels} = drawDigits({count: 1000, seed: 42, start: 123});
    expect(labels.subarray(0, 10).join('')).toBe('2453968236');
    expect(hash(labels)).toBe('108fa0f5b860d285406072a52ddd2086fbc91d4fe304a9a60798dc1cf41ca52e');
    expect(hash(images)).toBe('213296b9ad17f577bf4e02a4195f6b6556710f7e8b3c2aa7ebb8feed866dbd3c');
  });

  it('draws sample i from the seed and i alone', () => {
    const whole = drawDigits({count: 60, seed: 5});
    fc.assert(
      fc.property(fc.nat(59), fc.integer({min: 1, max: 30}), (start, wanted) => {
        const count = Math.min(wanted, 60 - start);
        const part = drawDigits({count, seed: 5, start});
        expect(part.labels).toEqual(whole.labels.subarray(start, start + count));
        expect(hash(part.images)).toBe(hash(whole.images.subarray(start * 784, (start + count) * 784)));
      }),
    );
  });

  it('draws other digits for another seed', () => {
    const a = drawDigits({count: 100, seed: 1});
    const b = drawDigits({count: 100, seed: 2});
    expect(a.labels).not.toEqual(b.labels);
    const common = new Set(Array.from({length: 100}, (_, i) => hash(imageAt(a, i))));
    for (let i = 0; i < 100; i++) expect(common.has(hash(imageAt(b, i)))).toBe(false);
  });

  it('holds each digit once in ten samples, in an order that changes', () => {
    const orders = new Set<string>();
    for (let i = 0; i < some.size; i += 10) {
      const ten = some.labels.subarray(i, i + 10);
      expect([...ten].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
      orders.add(ten.join(''));
    }
    expect(orders.size).toBe(300);
  });

  it('never draws an image twice', () => {
    expect(new Set(Array.from({length: some.size}, (_, i) => hash(imageAt(some, i)))).size).toBe(some.size);
  });

  it("keeps MNIST's form: ink that fills 20 pixels one way, its centre of mass at pixel 14", () => {
    let offCentre = 0;
    for (let i = 0; i < some.size; i++) {
      const {width, height, x, y} = measure(imageAt(some, i));
      expect(Math.max(width, height), `sample ${i}`).toBeLessThanOrEqual(20);
      expect(Math.max(width, height), `sample ${i}`).toBeGreaterThanOrEqual(19);
      if (Math.max(Math.abs(x - 14), Math.abs(y - 14)) > 0.5 + 1e-9) offCentre++;
    }
    // A very lopsided glyph stops at the border: one in a few thousand.
    expect(offCentre).toBeLessThanOrEqual(3);
  });

  it('has about the ink of MNIST: mean 33.3 of 255 over all pixels, a fifth of them inked', () => {
    const mean = some.images.reduce((sum, pixel) => sum + pixel, 0) / some.images.length;
    const inked = some.images.filter((pixel) => pixel > 0).length / some.images.length;
    expect(mean).toBeCloseTo(33.3, -0.5);
    expect(inked).toBeCloseTo(0.19, 1);
    expect(some.images.filter((pixel) => pixel === 255).length).toBeGreaterThan(0.03 * some.images.length);
  });

  it.for<[string, {count: number; seed?: number; start?: number}]>([
    ['count', {count: 0}],
    ['count', {count: 2.5}],
    ['count', {} as {count: number}],
    ['count', {count: 11, start: 2 ** 32 - 10}],
    ['seed', {count: 1, seed: -1}],
    ['seed', {count: 1, seed: 2 ** 32}],
    ['start', {count: 1, start: -1}],
    ['start', {count: 1, start: 2 ** 32}],
  ])('refuses a wrong %s: %j', ([option, options]) => {
    expect(() => drawDigits(options)).toThrow(RangeError);
    expect(() => drawDigits(options)).toThrow(new RegExp(`^${option}: expected an integer from \\d+ to \\d+, got `));
  });

  it('draws up to the last sample', () => {
    expect(drawDigits({count: 10, start: 2 ** 32 - 10, seed: 2 ** 32 - 1}).size).toBe(10);
  });
});

it('has at least four styles of each digit, every point a number', () => {
  const all = skeletons();
  expect(all).toHaveLength(10);
  for (const styles of all) {
    expect(styles.length).toBeGreaterThanOrEqual(4);
    for (const {points, corners, starts} of styles) {
      expect(points.every((x) => Math.abs(x) < 1.5)).toBe(true);
      expect(points.length).toBe(2 * corners.length);
      expect(starts.at(-1)).toBe(corners.length);
    }
  }
});

describe('loadMnist without files', () => {
  it('gives digits: balanced, seeded, train and test apart', async () => {
    const options = {cacheFolder: temporaryFolder(), trainSize: 2000, testSize: 500};
    const {train, test, source, description} = await withoutFolder(() => loadMnist({...options, seed: 3}));
    expect(source).toBe('digits');
    expect(description).toBe('built-in synthetic digits, not MNIST, seed 3 (2,000 training and 500 test images)');
    expect(counts(train)).toEqual(new Array(10).fill(200));
    expect(counts(test)).toEqual(new Array(10).fill(50));
    const seen = new Set(Array.from({length: train.size}, (_, i) => hash(imageAt(train, i))));
    for (let i = 0; i < test.size; i++) expect(seen.has(hash(imageAt(test, i)))).toBe(false);
    expect(digest(train)).toBe(digest(drawDigits({count: 2000, seed: 3})));
    expect(test.labels).not.toEqual(train.labels.subarray(0, 500));
  });

  it('gives 20,000 and 4,000 by default', async () => {
    const {train, test} = await withoutFolder(() => loadMnist({cacheFolder: temporaryFolder()}));
    expect([train.size, test.size]).toEqual([20_000, 4_000]);
    expect(train.images.length).toBe(20_000 * 784);
  });
});

async function withoutFolder<T>(act: () => Promise<T>): Promise<T> {
  vi.stubEnv('MNIST_DIR', '');
  try {
    return await act();
  } finally {
    vi.unstubAllEnvs();
  }
}

function counts({labels}: MnistSplit): number[] {
  const found = new Array(10).fill(0);
  for (const label of labels) found[label]++;
  return found;
}

function measure(image: Uint8Array): {width: number; height: number; x: number; y: number} {
  const columns = new Set<number>();
  const rows = new Set<number>();
  let mass = 0;
  let x = 0;
  let y = 0;
  image.forEach((ink, i) => {
    if (ink === 0) return;
    columns.add(i % 28);
    rows.add(Math.floor(i / 28));
    mass += ink;
    x += ink * (i % 28);
    y += ink * Math.floor(i / 28);
  });
  const extent = (set: Set<number>) => Math.max(...set) - Math.min(...set) + 1;
  return {width: extent(columns), height: extent(rows), x: x / mass, y: y / mass};
}
