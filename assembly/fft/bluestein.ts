/**
 * Transforms of any length n, as a convolution with a chirp: since j k = (j^2 + k^2 - (k - j)^2) / 2,
 *
 *   X[k] = conj(c[k]) * sum over j of (x[j] conj(c[j])) c[k - j],   c[j] = e^(pi i j^2 / n).
 *
 * The convolution is computed by transforms of a length of at least 2 n - 1 that stockham.ts has. (Bluestein, "A linear
 * filtering approach to the computation of discrete Fourier transform", 1970.)
 */
import {listBytes, timesConjugate} from './lists';
import {chirp, roots} from './roots';
import {passesOf, transform} from './stockham';

/** The length of the convolution: the smallest 2^k, 3 * 2^k or 5 * 2^k from 2 n - 1 on that 4 divides. */
function convolutionLength(n: i32): i32 {
  const least = 2 * n - 1;
  let length = 16;
  while (length < least) length <<= 1;
  const five = (length >> 3) * 5;
  const three = (length >> 2) * 3;
  if (five >= least && !(five & 3)) return five;
  return three >= least ? three : length;
}

/** What chirpTables() writes: the roots and the chirp's transform, as long as the convolution, and the chirp. */
export function chirpTableBytes(n: i32): f64 {
  return 4 * convolutionBytes(n) + 2 * <f64>listBytes(n);
}

/** The scratch of chirpTables() and chirpTransform(). */
export function chirpScratchBytes(n: i32): f64 {
  return 6 * convolutionBytes(n);
}

/** Bytes of a list as long as the convolution, which 4 divides. */
function convolutionBytes(n: i32): f64 {
  return 4 * <f64>convolutionLength(n);
}

/** The tables of transforms of n numbers, n >= 2. */
export function chirpTables(tables: usize, n: i32, scratch: usize): void {
  const length = convolutionLength(n);
  const list = listBytes(length);
  const filter = tables + 2 * list;
  const c = tables + 4 * list;
  roots(tables, tables + list, length);
  chirp(c, c + listBytes(n), n);
  memory.fill(scratch, 0, 2 * list);
  for (let part: usize = 0; part < 2; part++) {
    const from = c + part * listBytes(n);
    const to = scratch + part * list;
    store<f32>(to, load<f32>(from));
    for (let j: usize = 1; j < <usize>n; j++) {
      const value = load<f32>(from + (j << 2));
      store<f32>(to + (j << 2), value);
      store<f32>(to + ((<usize>length - j) << 2), value);
    }
  }
  const w = scratch + 4 * list;
  const y = filter;
  transform(scratch, scratch + list, y, y + list, w, w + list, length, passesOf(length), tables, tables + list);
  // The product with the conjugate is then the one with the transform, and divided as the inverse has to be.
  const scale = f32x4.splat(<f32>(1.0 / <f64>length));
  for (let at: usize = 0; at < list; at += 16) {
    v128.store(filter + at, f32x4.mul(scale, v128.load(filter + at)));
    v128.store(filter + list + at, f32x4.mul(f32x4.neg(scale), v128.load(filter + list + at)));
  }
}

/**
 * y[k] = sum over j of x[j] e^(-2 pi i j k / n), n >= 2 numbers of two lists each; up to 3 floats more are read. x may be
 * y. NaN or an infinity in x leaves nothing finite in y.
 */
export function chirpTransform(
  xr: usize,
  xi: usize,
  yr: usize,
  yi: usize,
  n: i32,
  tables: usize,
  scratch: usize,
): void {
  const length = convolutionLength(n);
  const passes = passesOf(length);
  const list = listBytes(length);
  const cos = tables;
  const sin = tables + list;
  const filter = tables + 2 * list;
  const c = tables + 4 * list;
  const s = c + listBytes(n);
  const ar = scratch;
  const ai = ar + list;
  const br = ai + list;
  const bi = br + list;
  const wr = bi + list;
  const wi = wr + list;
  const used = (<usize>n) << 2;
  timesConjugate(xr, xi, c, s, ar, ai, n);
  memory.fill(ar + used, 0, list - used);
  memory.fill(ai + used, 0, list - used);
  transform(ar, ai, br, bi, wr, wi, length, passes, cos, sin);
  timesConjugate(br, bi, filter, filter + list, ar, ai, length);
  transform(ai, ar, bi, br, wi, wr, length, passes, cos, sin);
  timesConjugate(br, bi, c, s, yr, yi, n);
}
