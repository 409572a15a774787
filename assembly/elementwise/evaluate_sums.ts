/** Sums over a chain of element-wise operations, which is not stored. */
import {promoteHigh} from '../simd';
import {evaluateRange} from './evaluate';

/**
 * Chunks that are added in float32 before their sums are added in float64: the error stays below 1e-6 of the sum of
 * magnitudes for any n.
 */
const GROUP: i32 = 8;

/**
 * y[j] = the sum of the chain's elements whose index is j modulo `columns`, divided by `divisor`. Returns whether all sums
 * are finite: where they are not, float32 may have overflowed, and nothing is to be made of y.
 *
 * @param program as for evaluate(); its last instruction is add_to, to `totals`
 * @param chunk a multiple of 16 and of `columns`
 * @param totals `chunk` floats of scratch
 * @param sums `chunk` doubles of scratch
 */
export function evaluate_sums(
  program: usize,
  length: i32,
  n: i32,
  chunk: i32,
  totals: usize,
  sums: usize,
  columns: i32,
  divisor: f64,
  y: usize,
): bool {
  memory.fill(totals, 0, (<usize>chunk) << 2);
  memory.fill(sums, 0, (<usize>chunk) << 3);
  for (let start = 0; start < n; start += GROUP * chunk) {
    evaluateRange(program, length, start, min(n, start + GROUP * chunk), chunk);
    moveTotals(totals, sums, chunk);
  }
  let areFinite = true;
  for (let j = 0; j < columns; j++) {
    let sum: f64 = 0;
    for (let at = j; at < chunk; at += columns) sum += load<f64>(sums + ((<usize>at) << 3));
    areFinite = areFinite && sum - sum == 0;
    store<f32>(y + ((<usize>j) << 2), <f32>(sum / divisor));
  }
  return areFinite;
}

/** Adds the totals, n floats, to the sums, and sets them to 0; n is a multiple of 4. */
function moveTotals(totals: usize, sums: usize, n: i32): void {
  for (const end = totals + ((<usize>n) << 2); totals < end; totals += 16) {
    const values = v128.load(totals);
    v128.store(sums, f64x2.add(v128.load(sums), f64x2.promote_low_f32x4(values)));
    v128.store(sums, f64x2.add(v128.load(sums, 16), promoteHigh(values)), 16);
    v128.store(totals, f32x4.splat(0));
    sums += 32;
  }
}
