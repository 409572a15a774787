/**
 * Products and quotients of complex numbers, whose parts are in buffers of their own. They are computed in double, where
 * products of float32 are exact and neither overflow nor underflow, and rounded once.
 */
import {promoteHigh} from '../simd';

class Product {}
class Quotient {}

/** The real parts of two results, and the imaginary ones. */
// @ts-ignore: decorator
@inline
function real<Op>(ar: v128, ai: v128, br: v128, bi: v128): v128 {
  if (idof<Op>() == idof<Product>()) return f64x2.sub(f64x2.mul(ar, br), f64x2.mul(ai, bi));
  return f64x2.div(f64x2.add(f64x2.mul(ar, br), f64x2.mul(ai, bi)), norm(br, bi));
}

// @ts-ignore: decorator
@inline
function imag<Op>(ar: v128, ai: v128, br: v128, bi: v128): v128 {
  if (idof<Op>() == idof<Product>()) return f64x2.add(f64x2.mul(ar, bi), f64x2.mul(ai, br));
  return f64x2.div(f64x2.sub(f64x2.mul(ai, br), f64x2.mul(ar, bi)), norm(br, bi));
}

// @ts-ignore: decorator
@inline
function norm(br: v128, bi: v128): v128 {
  return f64x2.add(f64x2.mul(br, br), f64x2.mul(bi, bi));
}

// @ts-ignore: decorator
@inline
function join(low: v128, high: v128): v128 {
  return v128.shuffle<f64>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2);
}

// @ts-ignore: decorator
@inline
function combine<Op>(ar: usize, ai: usize, br: usize, bi: usize, yr: usize, yi: usize, n: i32): void {
  for (let at: usize = 0, end = (<usize>n) << 2; at < end; at += 16) {
    const a = v128.load(ar + at);
    const b = v128.load(ai + at);
    const c = v128.load(br + at);
    const d = v128.load(bi + at);
    const lowA = f64x2.promote_low_f32x4(a);
    const lowB = f64x2.promote_low_f32x4(b);
    const lowC = f64x2.promote_low_f32x4(c);
    const lowD = f64x2.promote_low_f32x4(d);
    const highA = promoteHigh(a);
    const highB = promoteHigh(b);
    const highC = promoteHigh(c);
    const highD = promoteHigh(d);
    v128.store(yr + at, join(real<Op>(lowA, lowB, lowC, lowD), real<Op>(highA, highB, highC, highD)));
    v128.store(yi + at, join(imag<Op>(lowA, lowB, lowC, lowD), imag<Op>(highA, highB, highC, highD)));
  }
}

/** y[i] = a[i] b[i] for i < n; up to 3 elements more are read and written. No buffer of y is one of a or b. */
export function complex_multiply_f32(ar: usize, ai: usize, br: usize, bi: usize, yr: usize, yi: usize, n: i32): void {
  combine<Product>(ar, ai, br, bi, yr, yi, n);
}

/** The same with a[i] conj(b[i]) / |b[i]|^2: the quotient, NaN where b is 0 or infinite. */
export function complex_real_div_f32(ar: usize, ai: usize, br: usize, bi: usize, yr: usize, yi: usize, n: i32): void {
  combine<Quotient>(ar, ai, br, bi, yr, yi, n);
}
