/** Sums and means of the columns of a float32 matrix: float64 sums in fixedScratch, see strips.ts. */
import {fixedScratch} from '../memory';
import {storePartial} from '../simd';
import {Mean} from './in_order';
import {addRows} from './strips';

/** Columns whose float64 sums fit into fixedScratch. */
const MAX_COLUMNS: i32 = 128;
/**
 * Up to this many columns, rows are folded: up to four of them (more of short ones) are taken as one row of whole
 * vectors.
 */
export const MAX_FOLDED: i32 = 32;

// @ts-ignore: decorator
@inline
function finish<Op>(sums: v128, divisor: v128): v128 {
  if (idof<Op>() == idof<Mean>()) return f64x2.div(sums, divisor);
  return sums;
}

/**
 * How many rows of `inner` <= MAX_FOLDED columns make a row of whole vectors; of three or four vectors if rows are
 * short.
 */
function rowsToFold(inner: i32): i32 {
  if (inner < 4) return inner == 3 ? 4 : 16 / inner;
  return inner & 1 ? 4 : inner & 2 ? 2 : 1;
}

/** fixedScratch[to + j] += fixedScratch[from + j] for j < n, float64. */
function addSums(to: i32, from: i32, n: i32): void {
  let p = fixedScratch + ((<usize>to) << 3);
  let q = fixedScratch + ((<usize>from) << 3);
  while (n > 0) {
    store<f64>(p, load<f64>(p) + load<f64>(q));
    p += 8;
    q += 8;
    n--;
  }
}

/** y[j] = Op over i of x[i, j] for i < n and j < inner <= MAX_FOLDED. Returns whether all are finite. */
export function sumFolded<Op>(x: usize, y: usize, n: i32, inner: i32): bool {
  const fold = rowsToFold(inner);
  const width = inner * fold;
  const pitch = (<usize>width) << 2;
  const rows = n / fold;
  memory.fill(fixedScratch, 0, 1024);
  addRows(x, pitch, rows, width);
  // The remaining rows are the beginning of one more folded row.
  const rest = (n - rows * fold) * inner;
  x += <usize>rows * pitch;
  for (let j = 0; j < rest; j++) {
    const p = fixedScratch + ((<usize>j) << 3);
    store<f64>(p, load<f64>(p) + <f64>load<f32>(x + ((<usize>j) << 2)));
  }
  for (let i = 1; i < fold; i++) addSums(0, i * inner, inner);
  return storeSums<Op>(y, n, inner);
}

/** The same for any number of columns of rows of `inner`, MAX_COLUMNS of them at a time. */
export function sumColumns<Op>(x: usize, y: usize, n: i32, columns: i32, inner: i32): bool {
  const pitch = (<usize>inner) << 2;
  let finite = true;
  while (columns > 0) {
    const width = min(columns, MAX_COLUMNS);
    memory.fill(fixedScratch, 0, 1024);
    addRows(x, pitch, n, width);
    finite = storeSums<Op>(y, n, width) && finite;
    x += (<usize>width) << 2;
    y += (<usize>width) << 2;
    columns -= width;
  }
  return finite;
}

/** y[j] = Op of the sums in fixedScratch, for j < inner. Returns whether all are finite. */
function storeSums<Op>(y: usize, n: i32, inner: i32): bool {
  let sums = fixedScratch;
  // What was read past the last column must not make the sums count as not finite.
  for (let j = inner; j & 3; j++) store<f64>(fixedScratch + ((<usize>j) << 3), 0);
  let zero = f64x2.splat(0);
  const divisor = f64x2.splat(<f64>n);
  while (inner > 0) {
    const low = v128.load(sums);
    const high = v128.load(sums, 16);
    zero = f64x2.add(zero, f64x2.add(f64x2.sub(low, low), f64x2.sub(high, high)));
    const values = v128.shuffle<i64>(
      f32x4.demote_f64x2_zero(finish<Op>(low, divisor)),
      f32x4.demote_f64x2_zero(finish<Op>(high, divisor)),
      0,
      2,
    );
    if (inner < 4) {
      storePartial(y, values, inner);
      break;
    }
    v128.store(y, values);
    y += 16;
    sums += 32;
    inner -= 4;
  }
  return !v128.any_true(f64x2.ne(zero, zero));
}
