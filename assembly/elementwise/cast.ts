/** Casts: y[i] = x[i] in another type, for i < n. loops.ts says what is read and written past n. */
import {promoteHigh} from '../simd';
import {toInt32s} from './int32_arithmetic';
import {mapFromBool, mapToBool, mapWords} from './loops';

@unmanaged
class FloatToInt {
  // @ts-ignore: decorator
  @inline
  apply(x: v128, p: v128, q: v128): v128 {
    // Outside int32's range, and for NaN, JavaScript's modulo 2^32 differs from saturation.
    if (!i32x4.all_true(f32x4.lt(f32x4.abs(x), f32x4.splat(2147483648)))) return floatToIntModulo(x);
    return i32x4.trunc_sat_f32x4_s(x);
  }
}

function floatToIntModulo(x: v128): v128 {
  return toInt32s(f64x2.promote_low_f32x4(x), promoteHigh(x));
}

@unmanaged
class IntToFloat {
  // @ts-ignore: decorator
  @inline
  apply(x: v128, p: v128, q: v128): v128 {
    return f32x4.convert_i32x4_s(x);
  }
}

@unmanaged
class FloatIsNonzero {
  // @ts-ignore: decorator
  @inline
  apply(x: v128, p: v128, q: v128): v128 {
    return f32x4.ne(x, f32x4.splat(0));
  }
}

@unmanaged
class IntIsNonzero {
  // @ts-ignore: decorator
  @inline
  apply(x: v128, p: v128, q: v128): v128 {
    return i32x4.ne(x, i32x4.splat(0));
  }
}

@unmanaged
class Same {
  // @ts-ignore: decorator
  @inline
  apply(x: v128, p: v128, q: v128): v128 {
    return x;
  }
}

/** Rounded towards zero, modulo 2^32; 0 for NaN and infinities. */
export function cast_f32_i32(x: usize, y: usize, n: i32): void {
  const zero = i32x4.splat(0);
  mapWords<FloatToInt>(x, y, n, zero, zero);
}
/** x != 0; true for NaN. */
export function cast_f32_bool(x: usize, y: usize, n: i32): void {
  mapToBool<FloatIsNonzero>(x, y, n);
}
/** Rounded to the nearest float. */
export function cast_i32_f32(x: usize, y: usize, n: i32): void {
  const zero = i32x4.splat(0);
  mapWords<IntToFloat>(x, y, n, zero, zero);
}
/** x != 0. */
export function cast_i32_bool(x: usize, y: usize, n: i32): void {
  mapToBool<IntIsNonzero>(x, y, n);
}
/** 0 or 1. */
export function cast_bool_f32(x: usize, y: usize, n: i32): void {
  mapFromBool<IntToFloat>(x, y, n);
}
/** 0 or 1. */
export function cast_bool_i32(x: usize, y: usize, n: i32): void {
  mapFromBool<Same>(x, y, n);
}
