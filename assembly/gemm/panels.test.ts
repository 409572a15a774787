/** A row times a matrix in panels has the bits of the same product by gemm_f32. */
import {describe, expect, it} from 'vitest';
import {Kernels, numbers} from '../../src/internal';
import {PANEL_COLUMNS, PANEL_UNIT} from '../abi';

const kernels = await Kernels.load();
const {wasm} = kernels;
const GUARD = 12345;

/** The columns of a k x n matrix, panel after panel. */
function inPanels(matrix: ArrayLike<number>, n: number, k: number): number[] {
  const whole = n - (n % PANEL_UNIT);
  const panels: number[] = [];
  for (let first = 0; first < n; ) {
    const end = first < whole ? Math.min(first + PANEL_COLUMNS, whole) : n;
    for (let row = 0; row < k; row++) for (let j = first; j < end; j++) panels.push(matrix[row * n + j]);
    first = end;
  }
  return panels;
}

function products(x: number[], matrix: number[], n: number, bias: number[] | undefined) {
  const k = x.length;
  const row = kernels.floats(x);
  const start = bias ? kernels.floats(bias) : 0;
  const after = Array(4).fill(GUARD);
  const [expected, found] = [0, 1].map(() => kernels.floats([...Array(n).fill(Number.NaN), ...after]));
  wasm.gemm_f32(row, kernels.floats(matrix), expected, 1, n, k, false, false, start, 0);
  wasm.row_times_panels_f32(row, kernels.floats(inPanels(matrix, n, k)), found, n, k, start);
  expect(kernels.read(found + n * 4, 4)).toEqual(kernels.read(expected + n * 4, 4));
  expect([...kernels.read(found + n * 4, 4)]).toEqual(after);
  return [found, expected].map((address) => kernels.read(address, n));
}

/** Every width that the last panels can have, after none and after some of PANEL_COLUMNS. */
const widths = [...Array.from({length: PANEL_COLUMNS + PANEL_UNIT}, (_, i) => i + 1), 96, 97, 200, 256];

describe.each([0, 1, 2, 7, 40, 533])('of %i rows', (k) => {
  it.each(widths)('and %i columns, with and without a bias', (n) => {
    for (const bias of [numbers(n, 4), undefined]) {
      const [found, expected] = products([...numbers(k, 2)], [...numbers(k * n, 3)], n, bias && [...bias]);
      expect(found).toEqual(expected);
    }
  });
});

it('with NaN and infinities', () => {
  const [k, n] = [5, 59];
  const matrix = [...numbers(k * n, 3)];
  matrix[7] = Number.POSITIVE_INFINITY;
  matrix[n + 50] = Number.NaN;
  matrix[2 * n + 58] = Number.NEGATIVE_INFINITY;
  for (const special of [Number.NaN, Number.POSITIVE_INFINITY, -0, 0]) {
    const x = [...numbers(k, 2)];
    x[2] = special;
    const [found, expected] = products(x, matrix, n, undefined);
    expect(found).toEqual(expected);
    expect([7, 50].every((j) => !Number.isFinite(found[j]))).toBe(true);
  }
});
