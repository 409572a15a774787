/** The micro-kernels of the depthwise convolution against plain sums in double. */
import {describe, expect, it} from 'vitest';
import {Kernels, numbers} from '../../../src/internal';

const kernels = await Kernels.load();
const {wasm} = kernels;
const range = (count: number) => Array.from({length: count}, (_, i) => i);

/** Fails where a value is not as expected, or where one that is to stay as it was is not. */
function expectValues(actual: Float32Array, before: Float32Array, expected: ReadonlyMap<number, number>): void {
  actual.forEach((value, at) => {
    const sum = expected.get(at);
    if (sum === undefined) expect(value).toBe(before[at]);
    else expect(Math.abs(value - sum)).toBeLessThan(1e-5);
  });
}

describe('depthwise_tile_f32 and depthwise_tile_in_place_f32', () => {
  // In floats; a tile has five places and eight channels.
  const placesX = [0, 8, 24, 40, 16];
  const placesY = [16, 0, 48, 32, 64];
  const stepsX = range(12).map((k) => (k === 0 ? 3 : (k * 5) % 7));
  const stepsW = range(12).map(() => 8);
  const xValues = numbers(200, 2);
  const wValues = numbers(200, 3);

  it.each(range(5).flatMap((row) => [0, 1, 3, 12].map((k) => [row + 1, k])))('%i places, %i terms', (rows, k) => {
    for (const columns of [1, 3, 4, 5, 7, 8]) {
      const [before, start] = [numbers(80, 4), numbers(8, 5)];
      const [x, w] = [kernels.floats(xValues), kernels.floats(wValues)];
      const places = kernels.words(range(5).flatMap((i) => [placesX[i] * 4, placesY[i] * 4]));
      const terms = kernels.words(range(k).flatMap((i) => [stepsX[i] * 4, stepsW[i] * 4]));
      const sum = (i: number, j: number) => {
        let [s, t, total] = [0, 0, 0];
        for (let p = 0; p < k; p++) {
          s += stepsX[p];
          t += stepsW[p];
          total += xValues[placesX[i] + s + j] * wValues[t + j];
        }
        return total;
      };
      const y = kernels.floats(before);
      wasm.depthwise_tile_f32(places, rows, terms, k, x, w, kernels.floats(start), y, columns);
      const alike = range(rows).flatMap((i) =>
        range(columns).map((j) => [placesY[i] + j, start[j] + sum(i, j)] as const),
      );
      expectValues(kernels.read(y, 80), before, new Map(alike));

      const inPlace = kernels.floats(before);
      wasm.depthwise_tile_in_place_f32(places, rows, terms, k, x, w, inPlace);
      const added = range(rows).flatMap((i) =>
        range(8).map((j) => [placesY[i] + j, before[placesY[i] + j] + sum(i, j)] as const),
      );
      expectValues(kernels.read(inPlace, 80), before, new Map(added));
    }
  });
});

describe('depthwise_row_f32', () => {
  it.each([1, 2, 3, 5].flatMap((rows) => [1, 2, 3, 4].map((columns) => [rows, columns])))(
    '%i rows of the filter, %i channels',
    (filterRows, columns) => {
      const [xRow, tap, yPixel] = [80, 6, 11];
      const [xValues, wValues, start, before] = [numbers(500, 2), numbers(120, 3), numbers(4, 4), numbers(90, 5)];
      const y = kernels.floats(before);
      const [x, w, from] = [xValues, wValues, start].map((values) => kernels.floats(values));
      wasm.depthwise_row_f32(x, xRow * 4, w, tap * 4, filterRows, from, y, yPixel * 4, columns);
      const expected = range(7).flatMap((i) =>
        range(columns).map((j) => {
          let sum = start[j];
          for (let r = 0; r < filterRows; r++) {
            for (let t = 0; t < 3; t++) sum += xValues[r * xRow + (i + t) * 8 + j] * wValues[(3 * r + t) * tap + j];
          }
          return [i * yPixel + j, sum] as const;
        }),
      );
      expectValues(kernels.read(y, 90), before, new Map(expected));
    },
  );
});

describe('depthwise_taps_f32', () => {
  it.each([1, 2].flatMap((stride) => [0, 1, 6].map((count) => [stride, count])))(
    'stride %i, %i pixels',
    (stride, count) => {
      const [xRow, dyPixel] = [160, 5];
      const [xValues, dyValues, before] = [numbers(600, 2), numbers(40, 3), numbers(80, 4)];
      const y = kernels.floats(before);
      const [x, dy] = [xValues, dyValues].map((values) => kernels.floats(values));
      wasm.depthwise_taps_f32(x, xRow * 4, stride * 32, dy, dyPixel * 4, count, y);
      const expected = range(9).flatMap((tap) =>
        range(4).map((j) => {
          const first = Math.floor(tap / 3) * xRow + (tap % 3) * 8 + j;
          let sum = before[tap * 8 + j];
          for (let i = 0; i < count; i++) sum += xValues[first + i * stride * 8] * dyValues[i * dyPixel + j];
          return [tap * 8 + j, sum] as const;
        }),
      );
      expectValues(kernels.read(y, 80), before, new Map(expected));
    },
  );
});
