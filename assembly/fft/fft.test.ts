/** How far transforms are off from the definition in float64; what they do with NaN and infinities, and past a row. */
import {beforeAll, describe, expect, it} from 'vitest';
import {Kernels, numbers} from '../../src/backend/testing/kernels';
import {fourier} from '../../test/cases/complex-definitions';

let kernels: Kernels;

beforeAll(async () => {
  kernels = await Kernels.load();
});

type Pair = [re: Float32Array, im: Float32Array];

function transform([re, im]: Pair, count: number, n: number): Pair {
  const {wasm} = kernels;
  const [xr, xi] = [kernels.floats(re), kernels.floats(im)];
  const [yr, yi] = [re, im].map(() => kernels.floats(new Float32Array(count * n + 16).fill(7)));
  wasm.fft_f32(xr, xi, yr, yi, count, n, 1, kernels.allocate(wasm.fft_f32_scratch_bytes(n)));
  const outputs = [yr, yi].map((y) => kernels.read(y, count * n + 16));
  for (const output of outputs) expect(output.subarray(count * n)).toEqual(new Float32Array(16).fill(7));
  return outputs.map((output) => output.subarray(0, count * n)) as Pair;
}

/** Rows that transforms find hard: noise, one number alone, and a chirp like Bluestein's own. */
const rows: Record<string, (n: number) => Pair> = {
  noise: (n) => [numbers(n, 1), numbers(n, 2)],
  impulse: (n) => [Float32Array.from({length: n}, (_, j) => Number(j === n >> 1)), new Float32Array(n)],
  chirp: (n) => {
    const angles = Array.from({length: n}, (_, j) => (Math.PI * ((j * j) % (2 * n))) / n);
    return [Float32Array.from(angles, Math.cos), Float32Array.from(angles, (angle) => -Math.sin(angle))];
  },
};

/** Some numbers of the transform of a row by the definition: all of a long one would take seconds. */
function some([re, im]: Pair): [k: number, re: number, im: number][] {
  const n = re.length;
  return Array.from({length: 20}, (_, i) => Math.floor((i * n) / 20)).map((k) => {
    const sums = [0, 0];
    for (let j = 0; j < n; j++) {
      const angle = (-2 * Math.PI * ((j * k) % n)) / n;
      sums[0] += re[j] * Math.cos(angle) - im[j] * Math.sin(angle);
      sums[1] += re[j] * Math.sin(angle) + im[j] * Math.cos(angle);
    }
    return [k, sums[0], sums[1]];
  });
}

const largest = (values: Iterable<number>) => {
  let found = 0;
  for (const value of values) found = Math.max(found, Math.abs(value));
  return found;
};

describe('a transform', () => {
  it.for(Object.keys(rows))('of each length up to 130 is within 1e-6 of the largest: %s', (name) => {
    for (let n = 2; n <= 130; n++) {
      const row = rows[name](n);
      const actual = transform(row, 1, n);
      const expected = fourier(row[0], row[1], -1);
      const scale = Math.max(largest(expected[0]), largest(expected[1]));
      const off = [0, 1].map((part) => largest(expected[part].map((value, k) => value - actual[part][k])));
      expect(Math.max(...off) / scale, `length ${n}`).toBeLessThan(1e-6);
    }
  });

  // Powers of two, other products of 2, 3 and 5, and primes: the longest below 2^16 among them.
  it.for([1024, 65536, 1000, 6561, 62500, 46656, 1009, 8191, 32749, 65521])('of %i numbers is within 1e-6', (n) => {
    for (const [name, rowOf] of Object.entries(rows)) {
      const row = rowOf(n);
      const [yr, yi] = transform(row, 1, n);
      const scale = Math.max(largest(yr), largest(yi));
      const off = some(row).flatMap(([k, re, im]) => [re - yr[k], im - yi[k]]);
      expect(largest(off) / scale, name).toBeLessThan(1e-6);
    }
  });

  it('takes a scratch whose size does not wrap around at 4 GiB', () => {
    const {fft_f32_scratch_bytes} = kernels.wasm;
    // A prime: the convolution is 3 * 2^25 long. Then the longest row that there can be.
    expect(fft_f32_scratch_bytes(50_000_017)).toBe(40 * 3 * 2 ** 25 + 8 * 50_000_020);
    expect(fft_f32_scratch_bytes(2 ** 29 - 3)).toBeGreaterThan(40 * 2 ** 30);
  });

  it('is the same in a batch as alone', () => {
    for (const n of [5, 7, 12, 64, 67]) {
      const [re, im] = [numbers(3 * n, 3), numbers(3 * n, 4)];
      const batch = transform([re, im], 3, n);
      for (let b = 0; b < 3; b++) {
        const row = (values: Float32Array) => values.subarray(b * n, b * n + n);
        expect(transform([row(re).slice(), row(im).slice()], 1, n)).toEqual(batch.map(row));
      }
    }
  });

  it.for([Number.NaN, Number.POSITIVE_INFINITY])('has %f in every number of its row, and in no other', (value) => {
    for (const n of [2, 3, 4, 5, 6, 7, 8, 15, 16, 32, 60, 64, 67, 128]) {
      const [re, im] = [numbers(3 * n, 5), numbers(3 * n, 6)];
      re[n + (n >> 1)] = value;
      const [yr, yi] = transform([re, im], 3, n);
      yr.forEach((real, i) => {
        expect(Number.isFinite(real) && Number.isFinite(yi[i]), `${i} of rows of ${n}`).toBe(i < n || i >= 2 * n);
      });
    }
  });
});
