import fc from 'fast-check';
import {family, int, type RandomCase, type RandomCases} from './types';

/** Up to three dimensions of rows; lengths of few factors, and any. */
const rows = fc.array(int(0, 4), {maxLength: 3});
const length = fc.oneof(
  {weight: 8, arbitrary: int(0, 40)},
  {weight: 2, arbitrary: int(41, 300)},
  {weight: 2, arbitrary: fc.tuple(int(0, 6), int(0, 3), int(0, 1)).map(([a, b, c]) => 2 ** a * 3 ** b * 5 ** c)},
);

/** Fourier transforms. NaN and infinities are in assembly/fft/fft.test.ts: they reach other parts of a row than by the definition. */
export const random: RandomCases = family<undefined>({FFT: undefined, IFFT: undefined}, () =>
  fc.tuple(rows, length).map(
    ([outer, n]): RandomCase => ({
      inputs: {input: {shape: [...outer, n], dtype: 'complex64'}},
      tolerance: {relative: 1e-6, of: 'output'},
    }),
  ),
);
