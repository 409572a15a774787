/**
 * GEMM in three loops around the micro-kernels, after Goto and van de Geijn, "Anatomy of high-performance matrix
 * multiplication" (2008): the loops over N and K choose a block of B, the loop over M blocks of A. Each is packed if
 * enough rows or columns of the other operand read it. Threads pack, and then compute, parts of the blocks.
 */
import {GemmPacking} from '../abi';
import {ZEROS} from '../memory';
import {GEMM_CHUNK_PRODUCTS} from '../threads/chunks';
import {itemsOf, jobOf, noteChunks, parallel} from '../threads/pool';
import {KC, NC, NR, PACK_A_MIN_N} from '../tuning';
import {gemmBlock, Order} from './block';
import {A_STEP, B_STEP, packA, packATransposed, packB, packBTransposed, panelRowBytes} from './pack';
import {blocksAtOnce, gemmPacking, packedABytes, packedBBytes, rowsOfBlock} from './plan';
import {rowTimesMatrix} from './vector';

/** One block of B and the blocks of A that are multiplied with it together. */
@unmanaged
class GemmJob {
  a: usize;
  lda: usize;
  transposeA: bool;
  packsA: bool;
  /** Where the packed blocks of A are, and the bytes from one to the next. */
  packedA: usize;
  packedABytes: usize;
  b: usize;
  ldb: usize;
  transposeB: bool;
  /** Whether B is read from panels. */
  packsB: bool;
  /** Whether a chunk of the products packs its columns of B first. */
  packsColumns: bool;
  packedB: usize;
  c: usize;
  ldc: usize;
  /** As in gemmBlock(). */
  start: usize;
  ldStart: usize;
  /** Of all blocks of A together, and of each but the last. */
  rows: i32;
  blockRows: i32;
  columns: i32;
  depth: i32;
  /** Columns of B in a chunk, a multiple of NR; and how many chunks have the same rows. */
  chunkColumns: i32;
  columnChunks: i32;
}

/**
 * C = op(A) op(B) + bias, float32, row-major: op(A) is M x K, op(B) K x N, C M x N; all sizes >= 0.
 *
 * transposeA  A is stored K x M; transposeB  B is stored N x K
 * bias        N floats, added to every row, or 0
 * scratch     gemm_f32_scratch_bytes(...) bytes
 *
 * C may not overlap A, B or the bias. A, B and the bias are read up to the end of a tile, less than READ_PADDING past
 * their ends; nothing is written past the end of C. Products are summed in the order of k, in blocks of KC (without
 * blocks if M = 1 and B is not transposed).
 */
export function gemm_f32(
  a: usize,
  b: usize,
  c: usize,
  m: i32,
  n: i32,
  k: i32,
  transposeA: bool,
  transposeB: bool,
  bias: usize,
  scratch: usize,
): void {
  const packing = gemmPacking(m, n, transposeB);
  if (packing == GemmPacking.row) {
    // With M = 1, A and its transpose are stored alike.
    rowTimesMatrix(a, b, c, n, k, bias);
    return;
  }
  const job = jobOf<GemmJob>();
  job.packsA = packing == GemmPacking.a || packing == GemmPacking.both;
  job.packsB = packing == GemmPacking.b || packing == GemmPacking.both;
  job.packedB = scratch;
  job.packedA = scratch + (job.packsB ? packedBBytes(n, k) : 0);
  multiplyMatrices(job, a, b, c, m, n, k, transposeA, transposeB, bias, 0);
}

/**
 * The same with a B that pack_b_f32 has laid out, and the same bits, but for M = 1.
 *
 * packed   the panels of B
 * scratch  gemm_f32_scratch_bytes(...) bytes
 */
export function gemm_packed_f32(
  a: usize,
  packed: usize,
  c: usize,
  m: i32,
  n: i32,
  k: i32,
  transposeA: bool,
  bias: usize,
  scratch: usize,
): void {
  const job = jobOf<GemmJob>();
  job.packsA = n >= PACK_A_MIN_N;
  job.packsB = true;
  job.packedA = scratch;
  multiplyMatrices(job, a, 0, c, m, n, k, transposeA, false, bias, packed);
}

/** Lays out a matrix B, K x N, in the blocks and panels in which it is read: packed_b_f32_bytes(n, k) bytes. */
export function pack_b_f32(b: usize, packed: usize, n: i32, k: i32): void {
  const ldb = (<usize>n) << 2;
  for (let j = 0; j < n; j += NC) {
    const columns = min(NC, n - j);
    for (let p = 0; p < k; p += KC) {
      const depth = min(KC, k - p);
      packB(b + <usize>p * ldb + ((<usize>j) << 2), ldb, depth, columns, packed);
      packed += panelRowBytes(columns) * depth;
    }
  }
}

/** The loops over blocks. @param packed all of B in panels, or 0 where each block of it is packed at job.packedB. */
function multiplyMatrices(
  job: GemmJob,
  a: usize,
  b: usize,
  c: usize,
  m: i32,
  n: i32,
  k: i32,
  transposeA: bool,
  transposeB: bool,
  bias: usize,
  packed: usize,
): void {
  job.lda = (<usize>(transposeA ? m : k)) << 2;
  job.ldb = (<usize>(transposeB ? k : n)) << 2;
  job.ldc = (<usize>n) << 2;
  job.transposeA = transposeA;
  job.transposeB = transposeB;
  job.blockRows = rowsOfBlock(m);
  job.packedABytes = packedABytes(m, k);
  const rowsAtOnce = blocksAtOnce(m) * job.blockRows;
  const packsB = job.packsB && !packed;
  for (let j = 0; j < n; j += NC) {
    job.columns = min(NC, n - j);
    let p = 0;
    do {
      job.depth = min(KC, k - p);
      if (packed) job.packedB = packed + ((<usize>j) << 2) * k + panelRowBytes(job.columns) * p;
      job.b = b + (transposeB ? <usize>j * job.ldb + ((<usize>p) << 2) : <usize>p * job.ldb + ((<usize>j) << 2));
      divideColumns(job);
      noteChunks(((m + job.blockRows - 1) / job.blockRows) * job.columnChunks);
      // One block of A: who packs columns of B multiplies them too, while they are in its cache.
      job.packsColumns = packsB && m <= job.blockRows;
      if (packsB && !job.packsColumns) parallel(packColumns.index, job.columnChunks, 1);
      for (let i = 0; i < m; i += rowsAtOnce) {
        job.rows = min(rowsAtOnce, m - i);
        job.a = a + (transposeA ? <usize>p * job.lda + ((<usize>i) << 2) : <usize>i * job.lda + ((<usize>p) << 2));
        job.c = c + <usize>i * job.ldc + ((<usize>j) << 2);
        job.start = job.c;
        job.ldStart = job.ldc;
        if (p == 0) {
          job.start = bias ? bias + ((<usize>j) << 2) : ZEROS;
          job.ldStart = 0;
        }
        const blocks = (job.rows + job.blockRows - 1) / job.blockRows;
        if (job.packsA) parallel(packRows.index, blocks, 1);
        parallel(multiply.index, blocks * job.columnChunks, 1);
      }
      p += KC;
    } while (p < k);
  }
}

/** Chunks have about GEMM_CHUNK_PRODUCTS products each. */
function divideColumns(job: GemmJob): void {
  const panels = (job.columns + NR - 1) / NR;
  const ofPanel = <f64>(job.blockRows * NR) * <f64>job.depth;
  const panelsOfChunk = min(panels, itemsOf(GEMM_CHUNK_PRODUCTS, ofPanel));
  job.columnChunks = (panels + panelsOfChunk - 1) / panelsOfChunk;
  // As even as they can be.
  job.chunkColumns = ((panels + job.columnChunks - 1) / job.columnChunks) * NR;
  job.columnChunks = (job.columns + job.chunkColumns - 1) / job.chunkColumns;
}

/** Packs the columns of B of some chunks. */
function packColumns(first: i32, end: i32): void {
  const job = jobOf<GemmJob>();
  const column = first * job.chunkColumns;
  const columns = min(end * job.chunkColumns, job.columns) - column;
  const packed = job.packedB + ((<usize>(column * job.depth)) << 2);
  if (job.transposeB) packBTransposed(job.b + <usize>column * job.ldb, job.ldb, job.depth, columns, packed);
  else packB(job.b + ((<usize>column) << 2), job.ldb, job.depth, columns, packed);
}

/** Packs blocks of A. */
function packRows(first: i32, end: i32): void {
  const job = jobOf<GemmJob>();
  for (let block = first; block < end; block++) {
    const row = block * job.blockRows;
    const rows = min(job.blockRows, job.rows - row);
    const packed = job.packedA + <usize>block * job.packedABytes;
    if (job.transposeA) packATransposed(job.a + ((<usize>row) << 2), job.lda, rows, job.depth, packed);
    else packA(job.a + <usize>row * job.lda, job.lda, rows, job.depth, packed);
  }
}

/** The products of blocks of A with the columns of a chunk each. */
function multiply(first: i32, end: i32): void {
  const job = jobOf<GemmJob>();
  if (job.packsColumns) packColumns(first, end);
  for (let chunk = first; chunk < end; chunk++) multiplyChunk(job, chunk);
}

function multiplyChunk(job: GemmJob, chunk: i32): void {
  const block = chunk / job.columnChunks;
  const row = block * job.blockRows;
  const column = (chunk % job.columnChunks) * job.chunkColumns;
  const rows = min(job.blockRows, job.rows - row);
  const columns = min(job.chunkColumns, job.columns - column);
  const rowA: usize = job.transposeA ? 4 : job.lda;
  const a = job.packsA ? job.packedA + <usize>block * job.packedABytes : job.a + <usize>row * rowA;
  const order = job.packsA ? Order.Packed : job.transposeA ? Order.Step : Order.Rows;
  const columnBytes = (<usize>column) << 2;
  const c = job.c + <usize>row * job.ldc + columnBytes;
  const start = job.start == ZEROS ? ZEROS : job.start + <usize>row * job.ldStart + columnBytes;
  const b = job.packsB ? job.packedB + columnBytes * job.depth : job.b + columnBytes;
  gemmBlock(
    order,
    a,
    rowA,
    job.packsA ? A_STEP : job.lda,
    b,
    job.packsB ? <usize>job.depth * B_STEP : B_STEP,
    job.packsB ? B_STEP : job.ldb,
    job.depth,
    start,
    job.ldStart,
    c,
    job.ldc,
    rows,
    columns,
  );
}

/**
 * C[i] = op(A[i]) op(B[i]) for i < batch, each as gemm_f32 without a bias. A[i] is at a + i * stepA, B[i] at b + i *
 * stepB, in bytes; with a step of 0 all products use the same matrix. The matrices of C follow one another.
 */
export function batch_matmul_f32(
  a: usize,
  stepA: usize,
  b: usize,
  stepB: usize,
  c: usize,
  batch: i32,
  m: i32,
  n: i32,
  k: i32,
  transposeA: bool,
  transposeB: bool,
  scratch: usize,
): void {
  const stepC = (<usize>m * <usize>n) << 2;
  for (let i = 0; i < batch; i++) {
    gemm_f32(a, b, c, m, n, k, transposeA, transposeB, 0, scratch);
    a += stepA;
    b += stepB;
    c += stepC;
  }
}
