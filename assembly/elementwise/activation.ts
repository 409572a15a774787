/** float32 activations: y[i] = f(x[i]) for i < n. loops.ts says what is read and written past n. */
import {expm1, relu, sigmoid, softplus, tanh} from '../math';
import {mapLong, mapWords} from './loops';

class Elu {}
class LeakyRelu {}
class Relu {}
class Relu6 {}
class Selu {}
class Sigmoid {}
class Softplus {}
class Step {}
class Tanh {}

@unmanaged
class Activation<Op> {
  // @ts-ignore: decorator
  @inline
  apply(x: v128, p: v128, q: v128): v128 {
    const zero = f32x4.splat(0);
    if (idof<Op>() == idof<Elu>()) return v128.bitselect(x, expm1(x), f32x4.ge(x, zero));
    if (idof<Op>() == idof<LeakyRelu>()) return v128.bitselect(f32x4.mul(x, p), x, f32x4.lt(x, zero));
    if (idof<Op>() == idof<Relu>()) return relu(x);
    if (idof<Op>() == idof<Relu6>()) return f32x4.pmin(relu(x), p);
    if (idof<Op>() == idof<Selu>()) {
      return v128.bitselect(f32x4.mul(x, p), f32x4.mul(expm1(x), q), f32x4.ge(x, zero));
    }
    if (idof<Op>() == idof<Sigmoid>()) return sigmoid(x);
    if (idof<Op>() == idof<Softplus>()) return softplus(x);
    if (idof<Op>() == idof<Step>()) {
      const y = v128.bitselect(p, q, f32x4.gt(x, zero));
      return v128.bitselect(y, x, f32x4.eq(x, x));
    }
    return tanh(x);
  }
}

// @ts-ignore: decorator
@inline
function short<Op>(x: usize, y: usize, n: i32, p: f32 = 0, q: f32 = 0): void {
  mapWords<Activation<Op>>(x, y, n, f32x4.splat(p), f32x4.splat(q));
}

// @ts-ignore: decorator
@inline
function long<Op>(x: usize, y: usize, n: i32, p: f32 = 0, q: f32 = 0): void {
  mapLong<Activation<Op>>(x, y, n, f32x4.splat(p), f32x4.splat(q));
}

/** x, or e^x - 1 where x < 0. */
export function elu_f32(x: usize, y: usize, n: i32): void {
  long<Elu>(x, y, n);
}
/** x, or alpha x where x < 0. */
export function leaky_relu_f32(x: usize, y: usize, n: i32, alpha: f32): void {
  short<LeakyRelu>(x, y, n, alpha);
}
/** max(x, 0); NaN stays NaN. */
export function relu_f32(x: usize, y: usize, n: i32): void {
  short<Relu>(x, y, n);
}
/** min(max(x, 0), 6); NaN stays NaN. */
export function relu6_f32(x: usize, y: usize, n: i32): void {
  short<Relu6>(x, y, n, 6);
}
/** scale x, or scaleAlpha (e^x - 1) where x < 0. */
export function selu_f32(x: usize, y: usize, n: i32, scale: f32, scaleAlpha: f32): void {
  long<Selu>(x, y, n, scale, scaleAlpha);
}
/** 1 / (1 + e^-x). */
export function sigmoid_f32(x: usize, y: usize, n: i32): void {
  long<Sigmoid>(x, y, n);
}
/** ln(1 + e^x). */
export function softplus_f32(x: usize, y: usize, n: i32): void {
  long<Softplus>(x, y, n);
}
/** 1 where x > 0, NaN where x is NaN, alpha elsewhere. */
export function step_f32(x: usize, y: usize, n: i32, alpha: f32): void {
  short<Step>(x, y, n, 1, alpha);
}
/** The hyperbolic tangent. */
export function tanh_f32(x: usize, y: usize, n: i32): void {
  long<Tanh>(x, y, n);
}
