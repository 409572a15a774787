/**
 * The micro-kernels: a register tile of C, MR x 8 or MR x 4, stays in registers while k runs.
 *
 * Each is a function of its own with a single loop in it, and k is not unrolled: on V8 a nested loop halves the speed,
 * and an unrolled one spills (24 to 46 instead of 55 GFLOP/s). In the loop the rows go from the last to the first: Node
 * 20's scheduler places what feeds the first accumulator last, so in the other order it hoists all loads of A above all
 * multiply-adds and spills (36 instead of 55 GFLOP/s).
 */
import {relu} from '../../math';
import {fma} from '../../simd';
import {MR} from '../../tuning';

/**
 * C[i][j] = start[i][j] + sum over k of A(i, k) * B[k][j], for i < rows, j < 8 (Eight) or j < 4 (Four); k >= 0.
 *
 * a0 .. a5, stepA  where A(i, k) is:
 *                    ByRows   at a_i + 4 * k
 *                    ByStep   at a0 + k * stepA + 4 * i
 *                    ByTable  at a0 + table[k] + 4 * i, `stepA` being the address of the int32 table
 * b, stepB         B[k][0] is at b + k * stepB; whole vectors are read
 * start, ldStart   where the sums start, row i at start + i * ldStart; 0 starts every row alike (a bias)
 * c, ldc           row i of C is at c + i * ldc; whole vectors are written; C may be `start`
 * rows             1 .. MR (EightByFive: 1 .. 5); further rows are computed, but not written
 * least, ldLeast   EightPooled: C is the larger of the relu of that and of least[i][j]; NaN counts
 *                  as the smaller. Otherwise unused
 *
 * All strides are in bytes.
 */
// @ts-ignore: decorator
@inline
export function tile<Wide, Order>(
  a0: usize,
  a1: usize,
  a2: usize,
  a3: usize,
  a4: usize,
  a5: usize,
  stepA: usize,
  b: usize,
  stepB: usize,
  k: i32,
  start: usize,
  ldStart: usize,
  c: usize,
  ldc: usize,
  rows: i32,
  least: usize = 0,
  ldLeast: usize = 0,
): void {
  const zero = f32x4.splat(0);
  let x00 = zero,
    x01 = zero,
    x10 = zero,
    x11 = zero,
    x20 = zero,
    x21 = zero;
  let x30 = zero,
    x31 = zero,
    x40 = zero,
    x41 = zero,
    x50 = zero,
    x51 = zero;
  while (k > 0) {
    const b0 = v128.load(b);
    const b1 = second<Wide>(b);
    if (isTable<Order>()) a1 = a0 + load<u32>(stepA);
    let x: v128;
    if (hasSixRows<Wide>()) {
      x = element<Order>(a0, a1, a5, 20);
      x50 = fma(x, b0, x50);
      if (isWide<Wide>()) x51 = fma(x, b1, x51);
    }
    x = element<Order>(a0, a1, a4, 16);
    x40 = fma(x, b0, x40);
    if (isWide<Wide>()) x41 = fma(x, b1, x41);
    x = element<Order>(a0, a1, a3, 12);
    x30 = fma(x, b0, x30);
    if (isWide<Wide>()) x31 = fma(x, b1, x31);
    x = element<Order>(a0, a1, a2, 8);
    x20 = fma(x, b0, x20);
    if (isWide<Wide>()) x21 = fma(x, b1, x21);
    x = element<Order>(a0, a1, a1, 4);
    x10 = fma(x, b0, x10);
    if (isWide<Wide>()) x11 = fma(x, b1, x11);
    x = element<Order>(a0, a1, a0, 0);
    x00 = fma(x, b0, x00);
    if (isWide<Wide>()) x01 = fma(x, b1, x01);
    if (isRows<Order>()) {
      a0 += 4;
      a1 += 4;
      a2 += 4;
      a3 += 4;
      a4 += 4;
      if (hasSixRows<Wide>()) a5 += 4;
    } else if (isTable<Order>()) {
      stepA += 4;
    } else {
      a0 += stepA;
    }
    b += stepB;
    k--;
  }
  put<Wide>(c, start, least, x00, x01);
  if (rows > 1) put<Wide>((c += ldc), (start += ldStart), (least += ldLeast), x10, x11);
  if (rows > 2) put<Wide>((c += ldc), (start += ldStart), (least += ldLeast), x20, x21);
  if (rows > 3) put<Wide>((c += ldc), (start += ldStart), (least += ldLeast), x30, x31);
  if (rows > 4) put<Wide>((c += ldc), (start += ldStart), (least += ldLeast), x40, x41);
  if (hasSixRows<Wide>()) {
    if (rows > 5) put<Wide>(c + ldc, start + ldStart, least + ldLeast, x50, x51);
  }
}

/** Tags: the shape of the tile (8 columns, 8 columns of at most five rows, 4 columns), or its end; and how A is stored. */
export class Eight {}
export class EightByFive {}
export class Four {}
export class EightPooled {}
export class ByRows {}
export class ByStep {}
export class ByTable {}

// @ts-ignore: decorator
@inline
function isWide<Wide>(): bool {
  return idof<Wide>() != idof<Four>();
}
// @ts-ignore: decorator
@inline
function hasSixRows<Wide>(): bool {
  return MR > 5 && idof<Wide>() != idof<EightByFive>();
}
// @ts-ignore: decorator
@inline
function isRows<Order>(): bool {
  return idof<Order>() == idof<ByRows>();
}
// @ts-ignore: decorator
@inline
function isTable<Order>(): bool {
  return idof<Order>() == idof<ByTable>();
}
/**
 * A(i, k) in all lanes: at `row` (ByRows), else `offset` = 4 * i bytes after `byTable` (ByTable) or `first` (ByStep).
 */
// @ts-ignore: decorator
@inline
function element<Order>(first: usize, byTable: usize, row: usize, offset: i32): v128 {
  if (isRows<Order>()) return v128.load32_splat(row);
  const p = isTable<Order>() ? byTable : first;
  if (offset == 20) return v128.load32_splat(p, 20);
  if (offset == 16) return v128.load32_splat(p, 16);
  if (offset == 12) return v128.load32_splat(p, 12);
  if (offset == 8) return v128.load32_splat(p, 8);
  if (offset == 4) return v128.load32_splat(p, 4);
  return v128.load32_splat(p);
}
// @ts-ignore: decorator
@inline
function second<Wide>(p: usize): v128 {
  return isWide<Wide>() ? v128.load(p, 16) : f32x4.splat(0);
}
/**
 * Stores one row of C. `start` is added after the loop: loaded before it, a cache miss would stall the whole loop; here
 * the next tile already runs meanwhile.
 */
// @ts-ignore: decorator
@inline
function put<Wide>(c: usize, start: usize, least: usize, low: v128, high: v128): void {
  low = f32x4.add(low, v128.load(start));
  if (isWide<Wide>()) high = f32x4.add(high, v128.load(start, 16));
  if (idof<Wide>() == idof<EightPooled>()) {
    low = f32x4.pmax(v128.load(least), relu(low));
    high = f32x4.pmax(v128.load(least, 16), relu(high));
  }
  v128.store(c, low);
  if (isWide<Wide>()) v128.store(c, high, 16);
}
