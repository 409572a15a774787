/** A row vector times a matrix. Nothing is packed, since every element of B is read once. */
import {ZEROS} from '../memory';
import {fma} from '../simd';
import {GEMV_CHUNK_PRODUCTS} from '../threads/chunks';
import {itemsOf, jobOf, parallel} from '../threads/pool';
import {NR} from '../tuning';
import {gemmBlock, Order} from './block';
import {B_STEP} from './pack';

/**
 * Rows of B that are added in one pass over c: a B of 5408 x 200 takes 92 us with 4 of them, 115 with 8, 133 in blocks
 * of 16 rows and 32 columns; one of 4096 x 4096 takes 3.0, 6.0 and 4.0 ms.
 */
// @ts-ignore: decorator
@inline
const GEMV_ROWS: i32 = 4;

@unmanaged
class RowJob {
  a: usize;
  b: usize;
  c: usize;
  bias: usize;
  n: i32;
  k: i32;
}

/** c = a B + bias for one row a of k floats; B is k x n, bias n floats or 0. */
export function rowTimesMatrix(a: usize, b: usize, c: usize, n: i32, k: i32, bias: usize): void {
  const job = jobOf<RowJob>();
  job.a = a;
  job.b = b;
  job.c = c;
  job.bias = bias;
  job.n = n;
  job.k = k;
  parallel(rowTimesPanels.index, (n + NR - 1) / NR, itemsOf(GEMV_CHUNK_PRODUCTS, <f64>NR * <f64>k));
}

/** Adds the rows of B to C one after another, so that B is read sequentially, at the speed of the memory. */
function rowTimesPanels(first: i32, end: i32): void {
  const job = jobOf<RowJob>();
  const ldb = (<usize>job.n) << 2;
  const left = (<usize>(first * NR)) << 2;
  const columns = min(end * NR, job.n) - first * NR;
  const whole = columns & -NR;
  const c = job.c + left;
  const bias = job.bias ? job.bias + left : 0;
  let a = job.a;
  let b = job.b + left;
  let k = job.k;
  if (whole < columns) {
    const column = (<usize>whole) << 2;
    const start = bias ? bias + column : ZEROS;
    gemmBlock(Order.Rows, a, 0, 0, b + column, B_STEP, ldb, k, start, 0, c + column, ldb, 1, columns - whole);
  }
  if (bias) memory.copy(c, bias, (<usize>whole) << 2);
  else memory.fill(c, 0, (<usize>whole) << 2);
  for (; k >= GEMV_ROWS; k -= GEMV_ROWS) {
    gemv_f32_rows(a, b, ldb, whole, c);
    a += (<usize>GEMV_ROWS) << 2;
    b += ldb * GEMV_ROWS;
  }
  for (; k > 0; k--) {
    gemv_f32_row(a, b, whole, c);
    a += 4;
    b += ldb;
  }
}

/**
 * c[j] += sum over k < GEMV_ROWS of a[k] * B[k][j], for j < n, a multiple of 8; row k of B is at b + k * ldb, in bytes.
 */
function gemv_f32_rows(a: usize, b: usize, ldb: usize, n: i32, c: usize): void {
  const a0 = v128.load32_splat(a),
    a1 = v128.load32_splat(a, 4);
  const a2 = v128.load32_splat(a, 8),
    a3 = v128.load32_splat(a, 12);
  let b1 = b + ldb;
  let b2 = b1 + ldb;
  let b3 = b2 + ldb;
  const end = c + ((<usize>n) << 2);
  while (c < end) {
    let low = fma(a0, v128.load(b), v128.load(c));
    let high = fma(a0, v128.load(b, 16), v128.load(c, 16));
    low = fma(a1, v128.load(b1), low);
    high = fma(a1, v128.load(b1, 16), high);
    low = fma(a2, v128.load(b2), low);
    high = fma(a2, v128.load(b2, 16), high);
    v128.store(c, fma(a3, v128.load(b3), low));
    v128.store(c, fma(a3, v128.load(b3, 16), high), 16);
    b += 32;
    b1 += 32;
    b2 += 32;
    b3 += 32;
    c += 32;
  }
}

/** The same for one row of B. */
function gemv_f32_row(a: usize, b: usize, n: i32, c: usize): void {
  const a0 = v128.load32_splat(a);
  const end = c + ((<usize>n) << 2);
  while (c < end) {
    v128.store(c, fma(a0, v128.load(b), v128.load(c)));
    v128.store(c, fma(a0, v128.load(b, 16), v128.load(c, 16)), 16);
    b += 32;
    c += 32;
  }
}
