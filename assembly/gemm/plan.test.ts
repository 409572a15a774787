/** What a matrix product packs, the size of its blocks, and that all of them give the product. */
import {describe, expect, it} from 'vitest';
import {Kernels, numbers} from '../../src/internal';
import {GemmPacking} from '../abi';

const kernels = await Kernels.load();
const {wasm, tileRows} = kernels;

describe('a matrix product packs', () => {
  it.each([
    // The products of LeNet's and the MLP's dense layers, at their batches and at 1 and 32.
    [120, 84, false, 'both'],
    [120, 10, false, 'b'],
    [128, 256, true, 'both'],
    [128, 10, true, 'b'],
    [24, 64, false, 'both'],
    [23, 64, false, 'a'],
    [24, 63, false, 'b'],
    [23, 63, false, 'none'],
    [23, 63, true, 'b'],
    [2, 10, false, 'none'],
    [1, 256, false, 'row'],
    [1, 256, true, 'both'],
  ] as const)('M = %i, N = %i, B transposed: %s: %s', (m, n, transposeB, packing) => {
    expect(GemmPacking[wasm.gemm_f32_packing(m, n, transposeB)]).toBe(packing);
  });
});

describe('its blocks', () => {
  const aBytes = (rows: number, steps: number) => Math.ceil(rows / 5) * steps * tileRows * 4;
  const bBytes = (columns: number, steps: number) => Math.ceil(columns / 8) * steps * 32;

  it.each([
    [
      '144 rows, 512 steps and 1024 columns, where there are more',
      288,
      5000,
      5000,
      aBytes(144, 512) + bBytes(1024, 512),
    ],
    ['all rows, where they are fewer', 100, 5000, 5000, aBytes(100, 512) + bBytes(1024, 512)],
    ['even, where the rows are no multiple', 145, 5000, 5000, aBytes(73, 512) + bBytes(1024, 512)],
    ['all steps, where they are fewer', 288, 5000, 300, aBytes(144, 300) + bBytes(1024, 300)],
    ['all columns, where they are fewer', 288, 70, 5000, aBytes(144, 512) + bBytes(70, 512)],
  ])('have %s', (_, m, n, k, bytes) => {
    expect(wasm.gemm_f32_scratch_bytes(m, n, k, false)).toBe(bytes);
  });
});

describe('the product', () => {
  const sizes = [
    [1, 9, 5],
    [1, 24, 7],
    [2, 3, 1],
    [23, 63, 9],
    [24, 64, 40],
    [37, 70, 530],
    [150, 9, 3],
    [7, 1030, 4],
    [3, 5, 0],
  ];
  const modes = [
    [false, false],
    [true, false],
    [false, true],
    [true, true],
  ];

  it.each(sizes.flatMap(([m, n, k]) => modes.map(([a, b]) => [m, n, k, a, b] as const)))(
    'of %i x %i x %i, A transposed: %s, B transposed: %s',
    (m, n, k, transposeA, transposeB) => {
      const [aValues, bValues, bias] = [numbers(m * k, 2), numbers(k * n, 3), numbers(n, 4)];
      const [a, b, start] = [aValues, bValues, bias].map((values) => kernels.floats(values));
      const c = kernels.allocate(m * n * 4);
      const scratch = kernels.allocate(wasm.gemm_f32_scratch_bytes(m, n, k, transposeB));
      wasm.gemm_f32(a, b, c, m, n, k, transposeA, transposeB, start, scratch);
      const actual = kernels.read(c, m * n);
      for (let i = 0; i < m; i++) {
        for (let j = 0; j < n; j++) {
          let sum = bias[j];
          for (let p = 0; p < k; p++) {
            sum += aValues[transposeA ? p * m + i : i * k + p] * bValues[transposeB ? j * k + p : p * n + j];
          }
          expect(Math.abs(actual[i * n + j] - sum)).toBeLessThan(1e-4);
        }
      }
    },
  );
});
