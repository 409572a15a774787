/**
 * Two sums over the rows of each column of a matrix, in float64. Rows are summed in blocks (column_blocks.ts), and blocks in
 * groups, which threads divide among them. Blocks and groups depend on the number of rows alone, and so do the bits.
 */
import {COPY_CHUNK_FLOATS} from '../threads/chunks';
import {itemsOf, jobOf, parallel} from '../threads/pool';
import {addProducts, addStatistics} from './column_blocks';

/** Rows of a block: that many terms are added in float32, four at a time. */
export const BLOCK: i32 = 64;
/** Groups, at most. */
const MAX_GROUPS: i32 = 64;

@unmanaged
export class ColumnJob {
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

function blockCount(rows: i32): i32 {
  return (rows + BLOCK - 1) / BLOCK;
}
function blocksOfGroup(rows: i32): i32 {
  return (blockCount(rows) + MAX_GROUPS - 1) / MAX_GROUPS;
}
function groupCount(rows: i32): i32 {
  return (blockCount(rows) + blocksOfGroup(rows) - 1) / blocksOfGroup(rows);
}

/** The bytes of the groups' sums. */
export function groupsBytes(rows: i32, columns: i32): f64 {
  return 16 * <f64>groupCount(rows) * <f64>columns;
}

export function startJob(x: usize, dy: usize, rows: i32, columns: i32, centre: usize, sums: usize): ColumnJob {
  const job = jobOf<ColumnJob>();
  job.x = x;
  job.dy = dy;
  job.rows = rows;
  job.columns = columns;
  job.centre = centre;
  job.sums = sums;
  job.blocksOfGroup = blocksOfGroup(rows);
  return job;
}

/** Runs a task over all groups, whose sums begin at 0. */
export function sumGroups(job: ColumnJob, task: i32): void {
  const groups = groupCount(job.rows);
  memory.fill(job.sums, 0, (<usize>(groups * job.columns)) << 4);
  const floats = <f64>(job.blocksOfGroup * BLOCK) * <f64>job.columns;
  parallel(task, groups, itemsOf(COPY_CHUNK_FLOATS, floats));
}

/** The sum of the groups' sums, the first or the second, of a column. */
export function totalOf(job: ColumnJob, which: i32, column: i32): f64 {
  let total: f64 = 0;
  let at = job.sums + ((<usize>(which * job.columns + column)) << 3);
  for (let group = groupCount(job.rows); group > 0; group--) {
    total += load<f64>(at);
    at += (<usize>job.columns) << 4;
  }
  return total;
}

/** Adds up groups: the products of gradients, or the statistics of x alone. */
// @ts-ignore: decorator
@inline
export function sumOfGroups(hasGradients: bool, first: i32, end: i32): void {
  const job = jobOf<ColumnJob>();
  const pitch = (<usize>job.columns) << 2;
  for (let group = first; group < end; group++) {
    const last = min(job.rows, (group + 1) * job.blocksOfGroup * BLOCK);
    for (let row = group * job.blocksOfGroup * BLOCK; row < last; row += BLOCK) {
      const rows = min(BLOCK, last - row);
      const sums = job.sums + <usize>group * (pitch << 2);
      for (let column: usize = 0; column < pitch; column += 16) {
        const x = job.x + <usize>row * pitch + column;
        const centre = job.centre + column;
        if (hasGradients) {
          const dy = job.dy + <usize>row * pitch + column;
          addProducts(dy, x, rows, pitch, centre, sums + (column << 1), pitch << 1);
        } else {
          addStatistics(x, rows, pitch, centre, sums + (column << 1), pitch << 1);
        }
      }
    }
  }
}
