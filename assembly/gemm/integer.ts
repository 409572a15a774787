/**
 * GEMM of int32 with the results of tfjs-backend-cpu, which sums blocks of 48 products in double and adds each block to
 * the result modulo 2^32. Where double is exact, that is int32 arithmetic.
 */
import {toInt32s, upper} from '../elementwise/int32_arithmetic';
import {storePartial} from '../simd';

// @ts-ignore: decorator
@inline
const BLOCK: i32 = 48;

/**
 * C = A B: A is M x K, dense, its element (i, p) at a + i * stepRow + p * stepK bytes; B is K x N and C M x N,
 * row-major. All sizes >= 0; C overlaps neither A nor B.
 */
export function matmul_i32(a: usize, b: usize, c: usize, m: i32, n: i32, k: i32, stepRow: usize, stepK: usize): void {
  product<i32>(a, b, c, m, n, k, stepRow, stepK);
}

/** The same with a C of one byte an element, modulo 2^8. */
export function matmul_i32_bool(
  a: usize,
  b: usize,
  c: usize,
  m: i32,
  n: i32,
  k: i32,
  stepRow: usize,
  stepK: usize,
): void {
  product<u8>(a, b, c, m, n, k, stepRow, stepK);
}

// @ts-ignore: decorator
@inline
function product<T>(a: usize, b: usize, c: usize, m: i32, n: i32, k: i32, stepRow: usize, stepK: usize): void {
  // 48 products of up to 46 bits, and one int32, are below 2^53.
  const isExact = bits(a, m * k) + bits(b, k * n) <= 46;
  const pitch = (<usize>n) << 2;
  for (let j = 0; j < n; j += 4) {
    const columns = min(n - j, 4);
    let row = a;
    let to = c + <usize>j * sizeof<T>();
    for (let i = 0; i < m; i++) {
      const sums = isExact ? fourColumns(row, stepK, b, pitch, k) : fourColumnsInDouble(row, stepK, b, pitch, k);
      storeColumns<T>(to, sums, columns);
      row += stepRow;
      to += <usize>n * sizeof<T>();
    }
    b += 16;
  }
}

/** The number of bits of the largest magnitude of n int32. */
function bits(x: usize, n: i32): i32 {
  let all = i32x4.splat(0);
  while (n >= 4) {
    all = v128.or(all, i32x4.abs(v128.load(x)));
    x += 16;
    n -= 4;
  }
  let found = i32x4.extract_lane(all, 0) | i32x4.extract_lane(all, 1);
  found |= i32x4.extract_lane(all, 2) | i32x4.extract_lane(all, 3);
  while (n > 0) {
    found |= abs(load<i32>(x));
    x += 4;
    n--;
  }
  return 32 - clz(found);
}

/** Four columns of a row of C. */
function fourColumns(a: usize, stepK: usize, b: usize, pitch: usize, k: i32): v128 {
  let sums = i32x4.splat(0);
  while (k > 0) {
    sums = i32x4.add(sums, i32x4.mul(v128.load32_splat(a), v128.load(b)));
    a += stepK;
    b += pitch;
    k--;
  }
  return sums;
}

/** The same where double is not exact. */
function fourColumnsInDouble(a: usize, stepK: usize, b: usize, pitch: usize, k: i32): v128 {
  let total = i32x4.splat(0);
  while (k > 0) {
    let low = f64x2.splat(0);
    let high = low;
    let block = min(k, BLOCK);
    k -= block;
    while (block > 0) {
      const factor = f64x2.splat(<f64>load<i32>(a));
      const v = v128.load(b);
      low = f64x2.add(low, f64x2.mul(factor, f64x2.convert_low_i32x4_s(v)));
      high = f64x2.add(high, f64x2.mul(factor, f64x2.convert_low_i32x4_s(upper(v))));
      a += stepK;
      b += pitch;
      block--;
    }
    low = f64x2.add(f64x2.convert_low_i32x4_s(total), low);
    high = f64x2.add(f64x2.convert_low_i32x4_s(upper(total)), high);
    total = toInt32s(low, high);
  }
  return total;
}

// @ts-ignore: decorator
@inline
function storeColumns<T>(c: usize, x: v128, n: i32): void {
  if (sizeof<T>() == 4) {
    if (n == 4) v128.store(c, x);
    else storePartial(c, x, n);
    return;
  }
  store<u8>(c, <u8>i32x4.extract_lane(x, 0));
  if (n > 1) store<u8>(c, <u8>i32x4.extract_lane(x, 1), 1);
  if (n > 2) store<u8>(c, <u8>i32x4.extract_lane(x, 2), 2);
  if (n > 3) store<u8>(c, <u8>i32x4.extract_lane(x, 3), 3);
}
