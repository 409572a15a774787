/** The micro-kernels of the matrix product against a plain sum in double. */
import {describe, expect, it} from 'vitest';
import {Kernels, numbers} from '../../../src/internal';

const kernels = await Kernels.load();
const {wasm, tileRows} = kernels;

/** Where element (i, k) of A is, counted in floats from `a`; and what a kernel is told of that. */
interface Layout {
  index: (i: number, k: number) => number;
  /** The first two arguments, given the address of A and of a list of offsets in bytes. */
  address: (a: number) => [number, number];
}

const STRIDE = 41;
const pixels = [0, 7, 3, 90, 50, 21].map((pixel) => pixel * 4);
const taps = Array.from({length: 40}, (_, k) => (k * 11) % 160);

const layouts: Record<string, Layout> = {
  rows: {index: (i, k) => i * STRIDE + k, address: (a) => [a, STRIDE * 4]},
  pixels: {index: (i, k) => pixels[i] / 4 + k, address: (a) => [kernels.words(pixels), a]},
  step: {index: (i, k) => k * STRIDE + i, address: (a) => [a, STRIDE * 4]},
  table: {index: (i, k) => taps[k] + i, address: (a) => [a, kernels.words(taps.map((tap) => tap * 4))]},
};

type Micro = typeof wasm.gemm_f32_rows_x8;
const widths = [
  {suffix: 'x8', columns: 8, maxRows: tileRows},
  {suffix: '5x8', columns: 8, maxRows: 5},
  {suffix: 'x4', columns: 4, maxRows: tileRows},
];
const cases = Object.keys(layouts).flatMap((order) =>
  widths.map((width) => ({name: `gemm_f32_${order}_${width.suffix}`, order, ...width})),
);

describe.each(cases)('$name', ({name, order, columns, maxRows}) => {
  const run = wasm[name as keyof typeof wasm] as Micro;
  const {index, address} = layouts[order];
  const aValues = numbers(64 * STRIDE, 2);
  const a = kernels.floats(aValues);
  const ldb = 10;
  const ldc = columns + 3;
  const rowCounts = Array.from({length: maxRows}, (_, i) => i + 1);

  it.each(rowCounts.flatMap((rows) => [0, 1, 2, 7, 40].map((k) => [rows, k])))('%i rows, %i steps', (rows, k) => {
    const bValues = numbers(40 * ldb, 3);
    const start = numbers(columns, 4);
    const before = numbers((maxRows + 1) * ldc, 5);
    const [first, stepA] = address(a);
    const b = kernels.floats(bValues);
    // Once from a bias that all rows start from, once from what C has.
    for (const isBias of [true, false]) {
      const c = kernels.floats(before);
      const from = isBias ? kernels.floats(start) : c;
      run(first, stepA, b, ldb * 4, k, from, isBias ? 0 : ldc * 4, c, ldc * 4, rows);
      const expected = before.slice();
      for (let i = 0; i < rows; i++) {
        for (let j = 0; j < columns; j++) {
          let sum = 0;
          for (let p = 0; p < k; p++) sum += aValues[index(i, p)] * bValues[p * ldb + j];
          expected[i * ldc + j] = sum + (isBias ? start[j] : before[i * ldc + j]);
        }
      }
      const actual = kernels.read(c, before.length);
      actual.forEach((value, at) => {
        // Nothing but the tile is written.
        if (at % ldc >= columns || at >= rows * ldc) expect(value).toBe(before[at]);
        else expect(Math.abs(value - expected[at])).toBeLessThan(1e-5);
      });
    }
  });
});
