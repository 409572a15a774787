/**
 * Chains of element-wise operations that optimizers and the gradients of relu and batch normalisation often have, each
 * as one function. Every operation rounds as it does alone. y[i] for i < n, n >= 0; up to 15 elements more are read and
 * written; y may be any of the inputs.
 */
class AdamQuotient {}
class Blend {}
class BlendSquare {}
class MultiplyAdd {}
class MultiplyStep {}
class RootQuotient {}

// @ts-ignore: decorator
@inline
function apply<Op>(a: v128, b: v128, c: v128, p: v128, q: v128, r: v128): v128 {
  if (idof<Op>() == idof<Blend>()) return f32x4.add(f32x4.mul(a, p), f32x4.mul(b, q));
  if (idof<Op>() == idof<BlendSquare>()) return f32x4.add(f32x4.mul(a, p), f32x4.mul(f32x4.mul(b, b), q));
  if (idof<Op>() == idof<MultiplyAdd>()) return f32x4.add(f32x4.mul(a, b), c);
  if (idof<Op>() == idof<RootQuotient>()) return f32x4.div(f32x4.mul(a, p), f32x4.sqrt(f32x4.add(b, q)));
  if (idof<Op>() == idof<AdamQuotient>()) {
    return f32x4.div(f32x4.div(a, p), f32x4.add(f32x4.sqrt(f32x4.div(b, q)), r));
  }
  const step = v128.bitselect(f32x4.splat(1), p, f32x4.gt(b, f32x4.splat(0)));
  return f32x4.mul(a, v128.bitselect(step, b, f32x4.eq(b, b)));
}

// @ts-ignore: decorator
@inline
function fused<Op>(a: usize, b: usize, c: usize, y: usize, n: i32, p: f32, q: f32, r: f32): void {
  const vp = f32x4.splat(p),
    vq = f32x4.splat(q),
    vr = f32x4.splat(r);
  const hasC = idof<Op>() == idof<MultiplyAdd>();
  const end = y + ((<usize>n) << 2);
  while (y < end) {
    const c0 = hasC ? v128.load(c) : vp,
      c1 = hasC ? v128.load(c, 16) : vp;
    v128.store(y, apply<Op>(v128.load(a), v128.load(b), c0, vp, vq, vr));
    v128.store(y, apply<Op>(v128.load(a, 16), v128.load(b, 16), c1, vp, vq, vr), 16);
    const c2 = hasC ? v128.load(c, 32) : vp,
      c3 = hasC ? v128.load(c, 48) : vp;
    v128.store(y, apply<Op>(v128.load(a, 32), v128.load(b, 32), c2, vp, vq, vr), 32);
    v128.store(y, apply<Op>(v128.load(a, 48), v128.load(b, 48), c3, vp, vq, vr), 48);
    a += 64;
    b += 64;
    if (hasC) c += 64;
    y += 64;
  }
}

/** p a + q b. */
export function blend_f32(a: usize, b: usize, y: usize, n: i32, p: f32, q: f32): void {
  fused<Blend>(a, b, 0, y, n, p, q, 0);
}
/** p a + q b^2: a moving average of squares. */
export function blend_square_f32(a: usize, b: usize, y: usize, n: i32, p: f32, q: f32): void {
  fused<BlendSquare>(a, b, 0, y, n, p, q, 0);
}
/** a b + c. */
export function multiply_add_f32(a: usize, b: usize, c: usize, y: usize, n: i32): void {
  fused<MultiplyAdd>(a, b, c, y, n, 0, 0, 0);
}
/** a times 1 where b > 0, NaN where b is NaN, alpha elsewhere: the gradient of relu. */
export function multiply_step_f32(a: usize, b: usize, y: usize, n: i32, alpha: f32): void {
  fused<MultiplyStep>(a, b, 0, y, n, alpha, 0, 0);
}
/** (a / p) / (sqrt(b / q) + r): adam's step, but for the learning rate. */
export function adam_quotient_f32(a: usize, b: usize, y: usize, n: i32, p: f32, q: f32, r: f32): void {
  fused<AdamQuotient>(a, b, 0, y, n, p, q, r);
}
/** p a / sqrt(b + q): rmsprop's step. */
export function root_quotient_f32(a: usize, b: usize, y: usize, n: i32, p: f32, q: f32): void {
  fused<RootQuotient>(a, b, 0, y, n, p, q, 0);
}
