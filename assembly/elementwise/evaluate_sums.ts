/** Sums over a chain of element-wise operations, which is not stored. */
import {SUM_GROUPS} from '../abi';
import {promoteHigh} from '../simd';
import {CHAIN_CHUNK_OPERATIONS} from '../threads/chunks';
import {ownPart} from '../threads/parts';
import {itemsOf, jobOf, noteChunks, parallel, threadCount} from '../threads/pool';
import {evaluateRange} from './evaluate';

/**
 * Chunks that are added in float32 before their sums are added in float64: the error stays below 1e-6 of the sum of
 * magnitudes for any n.
 */
const GROUP: i32 = 8;

@unmanaged
class SumsJob {
  program: usize;
  length: i32;
  n: i32;
  chunk: i32;
  registerBytes: usize;
  /** The first thread's register to which the program adds. */
  totals: usize;
  /** The totals of each group: none where there is one thread. */
  groups: usize;
  firstGroup: i32;
}

/**
 * y[j] = the sum of the chain's elements whose index is j modulo `columns`, divided by `divisor`. Returns whether all sums
 * are finite: where they are not, float32 may have overflowed, and nothing is to be made of y.
 *
 * @param program as for evaluate(); its last instruction is add_to, to `totals`
 * @param chunk a multiple of 16 and of `columns`
 * @param totals a register
 * @param sums `chunk` doubles of scratch, and with several threads SUM_GROUPS times `chunk` floats after them
 */
export function evaluate_sums(
  program: usize,
  length: i32,
  n: i32,
  chunk: i32,
  registerBytes: usize,
  totals: usize,
  sums: usize,
  columns: i32,
  divisor: f64,
  y: usize,
): bool {
  const job = jobOf<SumsJob>();
  job.program = program;
  job.length = length;
  job.n = n;
  job.chunk = chunk;
  job.registerBytes = registerBytes;
  job.totals = totals;
  job.groups = sums + ((<usize>chunk) << 3);
  memory.fill(sums, 0, (<usize>chunk) << 3);
  const ofGroup = GROUP * chunk;
  const groups = (n + ofGroup - 1) / ofGroup;
  if (threadCount() == 1) {
    noteChunks(groups / itemsOf(CHAIN_CHUNK_OPERATIONS, <f64>ofGroup * <f64>length));
    memory.fill(totals, 0, (<usize>chunk) << 2);
    for (let start = 0; start < n; start += ofGroup) {
      evaluateRange(program, length, start, min(n, start + ofGroup), chunk, 0);
      moveTotals(totals, sums, chunk);
    }
  } else {
    for (let first = 0; first < groups; first += SUM_GROUPS) {
      const count = min(SUM_GROUPS, groups - first);
      job.firstGroup = first;
      parallel(totalGroups.index, count, itemsOf(CHAIN_CHUNK_OPERATIONS, <f64>ofGroup * <f64>length));
      for (let i = 0; i < count; i++) moveTotals(job.groups + <usize>i * ((<usize>chunk) << 2), sums, chunk);
    }
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

/** The totals of groups, each in a place of its own. */
function totalGroups(first: i32, end: i32): void {
  const job = jobOf<SumsJob>();
  const chunk = job.chunk;
  const ofGroup = GROUP * chunk;
  const bytes = (<usize>chunk) << 2;
  const totals = ownPart(job.totals, job.registerBytes);
  for (let group = first; group < end; group++) {
    const start = (job.firstGroup + group) * ofGroup;
    memory.fill(totals, 0, bytes);
    evaluateRange(job.program, job.length, start, min(job.n, start + ofGroup), chunk, ownPart(0, job.registerBytes));
    memory.copy(job.groups + <usize>group * bytes, totals, bytes);
  }
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
