/** The discrete Fourier transform, of any length. */
import {chirpScratchBytes, chirpTableBytes, chirpTables, chirpTransform} from './bluestein';
import {divide, listBytes} from './lists';
import {roots} from './roots';
import {passesOf, transform} from './stockham';

/** The scratch of fft_f32 in bytes, n >= 2: a number that does not wrap around. */
export function fft_f32_scratch_bytes(n: i32): f64 {
  return passesOf(n) > 0 ? 4 * <f64>listBytes(n) : chirpTableBytes(n) + chirpScratchBytes(n);
}

/**
 * y[b, k] = (sum over j < n of x[b, j] e^(-2 pi i j k / n)) / divisor, for b < count and k < n; the real parts in one
 * buffer, the imaginary ones in another. With both pairs of buffers exchanged and n for a divisor it is the inverse.
 *
 * The largest error is below 1e-6 of the largest result (fft.test.ts); of noise, 1.5e-7 with the factors 2, 3 and 5, 3e-7
 * with others. NaN or an infinity reaches every number of its row, one part at least, and no other row.
 *
 * Nothing is written past the end of y, which does not overlap x; up to 3 floats past the end of x are read.
 *
 * @param n >= 2
 * @param scratch fft_f32_scratch_bytes() bytes
 */
export function fft_f32(
  xr: usize,
  xi: usize,
  yr: usize,
  yi: usize,
  count: i32,
  n: i32,
  divisor: f32,
  scratch: usize,
): void {
  const passes = passesOf(n);
  const list = listBytes(n);
  const sin = scratch + list;
  const wr = sin + list;
  const work = scratch + <usize>chirpTableBytes(n);
  if (passes > 0) roots(scratch, sin, n);
  else chirpTables(scratch, n, work);
  const pitch = (<usize>n) << 2;
  while (count > 0) {
    if (passes > 0) transform(xr, xi, yr, yi, wr, wr + list, n, passes, scratch, sin);
    else chirpTransform(xr, xi, yr, yi, n, scratch, work);
    if (divisor != 1) {
      divide(yr, n, divisor);
      divide(yi, n, divisor);
    }
    xr += pitch;
    xi += pitch;
    yr += pitch;
    yi += pitch;
    count--;
  }
}
