/**
 * The sums over the rows of a float32 matrix that batch normalisation takes in training, each in one pass. Rows are added in
 * float32 while they are in the first-level cache, a block of them at a time (column_blocks.ts); the sums of blocks are added
 * in float64, those of a group of blocks in a place of their own (column_sums.ts).
 */
import {meanOfBlock} from './column_blocks';
import {BLOCK, groupsBytes, startJob, sumGroups, sumOfGroups, totalOf} from './column_sums';

/**
 * mean[j] = the mean of x[i, j] over the rows i, variance[j] = the mean of (x[i, j] - mean[j])^2. Returns whether all are
 * finite: where they are not, nothing is to be made of them.
 *
 * Of each block the deviations from its own mean are summed, and shifted to a common centre in float64, so that a large
 * mean does not cancel the digits of a small variance.
 *
 * @param rows 1 or more
 * @param columns a multiple of 4
 * @param scratch batch_sums_f32_scratch_bytes() bytes
 */
export function batch_statistics_f32(
  x: usize,
  rows: i32,
  columns: i32,
  mean: usize,
  variance: usize,
  scratch: usize,
): bool {
  const job = startJob(x, 0, rows, columns, mean, scratch);
  for (let j = 0; j < columns; j += 4) {
    v128.store(mean + ((<usize>j) << 2), meanOfBlock(x + ((<usize>j) << 2), min(rows, BLOCK), (<usize>columns) << 2));
  }
  sumGroups(job, statisticsOfGroups.index);
  let areFinite = true;
  for (let j = 0; j < columns; j++) {
    const at = (<usize>j) << 2;
    const shift = totalOf(job, 0, j) / <f64>rows;
    const value = max(0, totalOf(job, 1, j) / <f64>rows - shift * shift);
    const centre = <f64>load<f32>(mean + at) + shift;
    areFinite = areFinite && value - value == 0 && centre - centre == 0;
    store<f32>(mean + at, <f32>centre);
    store<f32>(variance + at, <f32>value);
  }
  return areFinite;
}

/**
 * sums[j] = the sum of dy[i, j] over the rows i, products[j] = that of dy[i, j] (x[i, j] - mean[j]). Returns whether all are
 * finite: where they are not, nothing is to be made of them.
 *
 * @param rows 1 or more
 * @param columns a multiple of 4
 * @param scratch batch_sums_f32_scratch_bytes() bytes
 */
export function batch_norm_sums_f32(
  dy: usize,
  x: usize,
  rows: i32,
  columns: i32,
  mean: usize,
  sums: usize,
  products: usize,
  scratch: usize,
): bool {
  const job = startJob(x, dy, rows, columns, mean, scratch);
  sumGroups(job, productsOfGroups.index);
  let areFinite = true;
  for (let j = 0; j < columns; j++) {
    const sum = totalOf(job, 0, j);
    const product = totalOf(job, 1, j);
    areFinite = areFinite && sum - sum == 0 && product - product == 0;
    store<f32>(sums + ((<usize>j) << 2), <f32>sum);
    store<f32>(products + ((<usize>j) << 2), <f32>product);
  }
  return areFinite;
}

/** The scratch that batch_statistics_f32 and batch_norm_sums_f32 need, in bytes. */
export function batch_sums_f32_scratch_bytes(rows: i32, columns: i32): f64 {
  return groupsBytes(rows, columns);
}

function statisticsOfGroups(first: i32, end: i32): void {
  sumOfGroups(false, first, end);
}
function productsOfGroups(first: i32, end: i32): void {
  sumOfGroups(true, first, end);
}
