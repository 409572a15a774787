/**
 * The sums over the rows of a float32 matrix that batch normalisation takes in training, each in one pass. Rows are added in
 * float32 while they are in the first-level cache, a block of them at a time; the sums of blocks are added in float64, those
 * of a group of blocks in a place of their own. Blocks and groups depend on the number of rows alone, and so do the bits.
 */
import {fma, promoteHigh} from '../simd';
import {COPY_CHUNK_FLOATS} from '../threads/chunks';
import {itemsOf, jobOf, parallel} from '../threads/pool';

/** Rows of a block: that many terms are added in float32, four at a time. */
const BLOCK: i32 = 64;
/** Groups, at most. */
const MAX_GROUPS: i32 = 64;

@unmanaged
class StatisticsJob {
  x: usize;
  /** The gradient; 0 where there is none. */
  dy: usize;
  rows: i32;
  columns: i32;
  /** What is subtracted of each column of x. */
  centre: usize;
  /** Of each group the two sums of each column, float64. */
  sums: usize;
  blocksOfGroup: i32;
}

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
  runGroups(job, statisticsOfGroups.index);
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
  runGroups(job, productsOfGroups.index);
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
  return 16 * <f64>groupCount(rows) * <f64>columns;
}

function blockCount(rows: i32): i32 {
  return (rows + BLOCK - 1) / BLOCK;
}
function blocksOfGroup(rows: i32): i32 {
  return (blockCount(rows) + MAX_GROUPS - 1) / MAX_GROUPS;
}
function groupCount(rows: i32): i32 {
  return (blockCount(rows) + blocksOfGroup(rows) - 1) / blocksOfGroup(rows);
}

function startJob(x: usize, dy: usize, rows: i32, columns: i32, centre: usize, sums: usize): StatisticsJob {
  const job = jobOf<StatisticsJob>();
  job.x = x;
  job.dy = dy;
  job.rows = rows;
  job.columns = columns;
  job.centre = centre;
  job.sums = sums;
  job.blocksOfGroup = blocksOfGroup(rows);
  return job;
}

function runGroups(job: StatisticsJob, task: i32): void {
  const groups = groupCount(job.rows);
  memory.fill(job.sums, 0, (<usize>(groups * job.columns)) << 4);
  const floats = <f64>(job.blocksOfGroup * BLOCK) * <f64>job.columns;
  parallel(task, groups, itemsOf(COPY_CHUNK_FLOATS, floats));
}

/** The sum of the groups' sums, the first or the second, of a column. */
function totalOf(job: StatisticsJob, which: i32, column: i32): f64 {
  let total: f64 = 0;
  let at = job.sums + ((<usize>(which * job.columns + column)) << 3);
  for (let group = groupCount(job.rows); group > 0; group--) {
    total += load<f64>(at);
    at += (<usize>job.columns) << 4;
  }
  return total;
}

function statisticsOfGroups(first: i32, end: i32): void {
  const job = jobOf<StatisticsJob>();
  const pitch = (<usize>job.columns) << 2;
  for (let group = first; group < end; group++) {
    const last = min(job.rows, (group + 1) * job.blocksOfGroup * BLOCK);
    for (let row = group * job.blocksOfGroup * BLOCK; row < last; row += BLOCK) {
      const rows = min(BLOCK, last - row);
      let x = job.x + <usize>row * pitch;
      let centre = job.centre;
      let sums = job.sums + <usize>group * (pitch << 2);
      for (let left = job.columns; left > 0; left -= 4) {
        addStatistics(x, rows, pitch, centre, sums, pitch << 1);
        x += 16;
        centre += 16;
        sums += 32;
      }
    }
  }
}

function productsOfGroups(first: i32, end: i32): void {
  const job = jobOf<StatisticsJob>();
  const pitch = (<usize>job.columns) << 2;
  for (let group = first; group < end; group++) {
    const last = min(job.rows, (group + 1) * job.blocksOfGroup * BLOCK);
    for (let row = group * job.blocksOfGroup * BLOCK; row < last; row += BLOCK) {
      const rows = min(BLOCK, last - row);
      let x = job.x + <usize>row * pitch;
      let dy = job.dy + <usize>row * pitch;
      let mean = job.centre;
      let sums = job.sums + <usize>group * (pitch << 2);
      for (let left = job.columns; left > 0; left -= 4) {
        addProducts(dy, x, rows, pitch, v128.load(mean), sums, pitch << 1);
        x += 16;
        dy += 16;
        mean += 16;
        sums += 32;
      }
    }
  }
}

/** The mean of four columns of a block, about. */
// @ts-ignore: decorator
@inline
function meanOfBlock(x: usize, rows: i32, pitch: usize): v128 {
  let even = f32x4.splat(0);
  let odd = f32x4.splat(0);
  let k = rows >> 2;
  while (k > 0) {
    even = f32x4.add(even, f32x4.add(v128.load(x), v128.load(x + pitch)));
    odd = f32x4.add(odd, f32x4.add(v128.load(x + 2 * pitch), v128.load(x + 3 * pitch)));
    x += pitch << 2;
    k--;
  }
  for (k = rows & 3; k > 0; k--) {
    even = f32x4.add(even, v128.load(x));
    x += pitch;
  }
  return f32x4.mul(f32x4.add(even, odd), f32x4.splat(1 / <f32>rows));
}

/** Adds the deviations of four columns of a block from the centre, and their squares. */
function addStatistics(x: usize, rows: i32, pitch: usize, centre: usize, sums: usize, nextSums: usize): void {
  const mean = meanOfBlock(x, rows, pitch);
  const from = v128.load(centre);
  let even = f32x4.splat(0);
  let odd = even;
  let evenSquares = even;
  let oddSquares = even;
  let k = rows >> 2;
  while (k > 0) {
    const a = f32x4.sub(v128.load(x), mean);
    const b = f32x4.sub(v128.load(x + pitch), mean);
    const c = f32x4.sub(v128.load(x + 2 * pitch), mean);
    const d = f32x4.sub(v128.load(x + 3 * pitch), mean);
    even = f32x4.add(even, f32x4.add(a, b));
    odd = f32x4.add(odd, f32x4.add(c, d));
    evenSquares = f32x4.add(evenSquares, fma(a, a, f32x4.mul(b, b)));
    oddSquares = f32x4.add(oddSquares, fma(c, c, f32x4.mul(d, d)));
    x += pitch << 2;
    k--;
  }
  for (k = rows & 3; k > 0; k--) {
    const a = f32x4.sub(v128.load(x), mean);
    even = f32x4.add(even, a);
    evenSquares = fma(a, a, evenSquares);
    x += pitch;
  }
  const deviations = f32x4.add(even, odd);
  const squares = f32x4.add(evenSquares, oddSquares);
  const count = f64x2.splat(<f64>rows);
  shift(
    sums,
    nextSums,
    f64x2.promote_low_f32x4(deviations),
    f64x2.promote_low_f32x4(squares),
    f64x2.promote_low_f32x4(mean),
    f64x2.promote_low_f32x4(from),
    count,
  );
  shift(
    sums + 16,
    nextSums,
    promoteHigh(deviations),
    promoteHigh(squares),
    promoteHigh(mean),
    promoteHigh(from),
    count,
  );
}

/** Adds sums of `count` deviations d from `mean`, and of their squares, to those from `centre`, where they are d + e. */
// @ts-ignore: decorator
@inline
function shift(
  sums: usize,
  nextSums: usize,
  deviations: v128,
  squares: v128,
  mean: v128,
  centre: v128,
  count: v128,
): void {
  const e = f64x2.sub(mean, centre);
  const moved = f64x2.add(deviations, f64x2.mul(count, e));
  const cross = f64x2.mul(e, f64x2.add(moved, deviations));
  v128.store(sums, f64x2.add(v128.load(sums), moved));
  v128.store(sums + nextSums, f64x2.add(v128.load(sums + nextSums), f64x2.add(squares, cross)));
}

/** Adds the gradients of four columns of a block, and their products with the deviations. */
function addProducts(dy: usize, x: usize, rows: i32, pitch: usize, mean: v128, sums: usize, nextSums: usize): void {
  let even = f32x4.splat(0);
  let odd = even;
  let evenProducts = even;
  let oddProducts = even;
  let k = rows >> 2;
  while (k > 0) {
    const a = v128.load(dy);
    const b = v128.load(dy + pitch);
    const c = v128.load(dy + 2 * pitch);
    const d = v128.load(dy + 3 * pitch);
    even = f32x4.add(even, f32x4.add(a, b));
    odd = f32x4.add(odd, f32x4.add(c, d));
    const first = f32x4.mul(a, f32x4.sub(v128.load(x), mean));
    const third = f32x4.mul(c, f32x4.sub(v128.load(x + 2 * pitch), mean));
    evenProducts = f32x4.add(evenProducts, fma(b, f32x4.sub(v128.load(x + pitch), mean), first));
    oddProducts = f32x4.add(oddProducts, fma(d, f32x4.sub(v128.load(x + 3 * pitch), mean), third));
    dy += pitch << 2;
    x += pitch << 2;
    k--;
  }
  for (k = rows & 3; k > 0; k--) {
    even = f32x4.add(even, v128.load(dy));
    evenProducts = fma(v128.load(dy), f32x4.sub(v128.load(x), mean), evenProducts);
    dy += pitch;
    x += pitch;
  }
  addPromoted(sums, f32x4.add(even, odd));
  addPromoted(sums + nextSums, f32x4.add(evenProducts, oddProducts));
}

/** Adds four floats to four doubles. */
// @ts-ignore: decorator
@inline
function addPromoted(sums: usize, values: v128): void {
  v128.store(sums, f64x2.add(v128.load(sums), f64x2.promote_low_f32x4(values)));
  v128.store(sums, f64x2.add(v128.load(sums, 16), promoteHigh(values)), 16);
}
