/**
 * The exact reduction of float32 angles by pi/2, after Payne and Hanek, "Radian reduction for trigonometric functions"
 * (1983): x / 2 pi in 64-bit fixed point, with as many bits of 1 / 2 pi as the exponent needs.
 */
/** Angles from this magnitude on need it: the product of their quadrant with 25 bits of pi/2 would be rounded. */
// @ts-ignore: decorator
@inline
export const HUGE: f64 = 134217728;

/** The bits of 1 / 2 pi after the binary point, 32 a word, the highest first. */
const WORDS = memory.data<u32>([0x28be60db, 0x9391054a, 0x7f09d5f4, 0x7d4d3770, 0x36d8a566, 0x4f10e410, 0x7f9458ea, 0]);

/** x / 2 pi modulo 1, in units of 2^-64, for float32 values x with HUGE <= |x| < Infinity. */
function turns(x: f64): u64 {
  const bits = reinterpret<u32>(<f32>x);
  const mantissa = <u64>((bits & 0x7fffff) | 0x800000);
  const exponent = ((bits >> 23) & 0xff) - 150;
  // Bits of 1 / 2 pi above 2^-exponent give whole turns: 96 bits from there on are multiplied.
  const word = WORDS + ((exponent >> 5) << 2);
  const shift = <u64>(exponent & 31);
  const high = window(word, shift);
  const middle = window(word + 4, shift);
  const low = window(word + 8, shift);
  const fraction = ((mantissa * high) << 32) + mantissa * middle + ((mantissa * low) >> 32);
  return <i32>bits < 0 ? 0 - fraction : fraction;
}

/** 32 bits of the table, from `shift` bits after the start of a word on. */
// @ts-ignore: decorator
@inline
function window(word: usize, shift: u64): u64 {
  return ((((<u64>load<u32>(word)) << 32) | <u64>load<u32>(word, 4)) << shift) >> 32;
}

/** The nearest number of quarter turns. */
// @ts-ignore: decorator
@inline
function nearest(turns: u64): u64 {
  return (turns + 0x2000000000000000) >> 62;
}

function quadrant(x: f64, otherwise: i64): i64 {
  return abs(x) >= HUGE && abs(x) < Infinity ? <i64>nearest(turns(x)) : otherwise;
}

function remainder(x: f64, otherwise: f64): f64 {
  if (abs(x) < HUGE) return otherwise;
  // Infinity and NaN have no sine.
  if (!(abs(x) < Infinity)) return NaN;
  const t = turns(x);
  // 2^-62 pi/2
  return <f64>(<i64>(t - (nearest(t) << 62))) * 3.4061215800865545e-19;
}

/** `quadrants`, with those of the huge lanes of x replaced. */
// @ts-ignore: decorator
@inline
export function hugeQuadrants(x: v128, quadrants: v128): v128 {
  return eachQuadrant(x, quadrants);
}

/** The same for `remainders`, the angles from -pi/4 to pi/4. */
// @ts-ignore: decorator
@inline
export function hugeRemainders(x: v128, remainders: v128): v128 {
  return eachRemainder(x, remainders);
}

function eachQuadrant(x: v128, quadrants: v128): v128 {
  const low = quadrant(f64x2.extract_lane(x, 0), i64x2.extract_lane(quadrants, 0));
  const high = quadrant(f64x2.extract_lane(x, 1), i64x2.extract_lane(quadrants, 1));
  return i64x2.replace_lane(i64x2.splat(low), 1, high);
}

function eachRemainder(x: v128, remainders: v128): v128 {
  const low = remainder(f64x2.extract_lane(x, 0), f64x2.extract_lane(remainders, 0));
  const high = remainder(f64x2.extract_lane(x, 1), f64x2.extract_lane(remainders, 1));
  return f64x2.replace_lane(f64x2.splat(low), 1, high);
}
