/** gemm_packed_f32 has the bits of gemm_f32, and writes and packs no further than it says. */
import {expect, it} from 'vitest';
import {Kernels, numbers} from '../../src/internal';

const kernels = await Kernels.load();
const {wasm} = kernels;
const GUARD = 12345;

const sizes = [
  [2, 1, 1],
  [5, 8, 3],
  [24, 9, 511],
  [24, 64, 512],
  [37, 70, 530],
  [145, 63, 1025],
  [7, 1023, 4],
  [30, 1033, 514],
  [3, 5, 0],
];

it.each(sizes.flatMap((size) => [false, true].map((a) => [...size, a] as [number, number, number, boolean])))(
  '%i x %i x %i, A transposed: %s',
  (m, n, k, transposeA) => {
    const guards = Array(4).fill(GUARD);
    const guarded = (elements: number) => kernels.floats([...Array(elements).fill(Number.NaN), ...guards]);
    const [a, b, bias] = [numbers(m * k, 2), numbers(k * n, 3), numbers(n, 4)].map((values) => kernels.floats(values));
    const elements = wasm.packed_b_f32_bytes(n, k) / 4;
    expect(elements).toBe(Math.ceil(n / 8) * 8 * k);
    const packed = guarded(elements);
    wasm.pack_b_f32(b, packed, n, k);
    expect([...kernels.read(packed + elements * 4, 4)]).toEqual(guards);
    for (const start of [bias, 0]) {
      const [expected, found] = [guarded(m * n), guarded(m * n)];
      const scratch = kernels.allocate(wasm.gemm_f32_scratch_bytes(m, n, k, false));
      wasm.gemm_f32(a, b, expected, m, n, k, transposeA, false, start, scratch);
      wasm.gemm_packed_f32(a, packed, found, m, n, k, transposeA, start, scratch);
      expect(kernels.read(found, m * n + 4)).toEqual(kernels.read(expected, m * n + 4));
    }
  },
);
