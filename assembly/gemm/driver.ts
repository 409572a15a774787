/**
 * GEMM in three loops around the micro-kernels, after Goto and van de Geijn, "Anatomy of high-performance matrix
 * multiplication" (2008): the loops over N and K choose a block of B, the loop over M a block of A. Each is packed if
 * enough rows or columns of the other operand read it.
 */
import {GemmPacking} from '../abi';
import {ZEROS} from '../memory';
import {KC, NC, NR} from '../tuning';
import {gemmBlock, Order} from './block';
import {A_STEP, B_STEP, packA, packATransposed, packB, packBTransposed} from './pack';
import {gemmPacking, packedBBytes, rowsOfBlock} from './plan';
import {GEMV_ROWS, gemv_f32_row, gemv_f32_rows} from './vector';

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
  const lda = (<usize>(transposeA ? m : k)) << 2;
  const ldb = (<usize>(transposeB ? k : n)) << 2;
  const ldc = (<usize>n) << 2;
  const packsA = packing == GemmPacking.a || packing == GemmPacking.both;
  const packsB = packing == GemmPacking.b || packing == GemmPacking.both;
  const blockRows = rowsOfBlock(m);
  const packedA = scratch + (packsB ? packedBBytes(n, k) : 0);
  for (let j = 0; j < n; j += NC) {
    const columns = min(NC, n - j);
    let p = 0;
    do {
      const depth = min(KC, k - p);
      let blockB = b + (transposeB ? <usize>j * ldb + ((<usize>p) << 2) : <usize>p * ldb + ((<usize>j) << 2));
      let nextB = B_STEP;
      let stepB = ldb;
      if (packsB) {
        if (transposeB) packBTransposed(blockB, ldb, depth, columns, scratch);
        else packB(blockB, ldb, depth, columns, scratch);
        blockB = scratch;
        nextB = <usize>depth * B_STEP;
        stepB = B_STEP;
      }
      for (let i = 0; i < m; i += blockRows) {
        const rows = min(blockRows, m - i);
        const blockC = c + <usize>i * ldc + ((<usize>j) << 2);
        let blockA = a + (transposeA ? <usize>p * lda + ((<usize>i) << 2) : <usize>i * lda + ((<usize>p) << 2));
        let start = blockC;
        let ldStart = ldc;
        if (p == 0) {
          start = bias ? bias + ((<usize>j) << 2) : ZEROS;
          ldStart = 0;
        }
        if (packsA) {
          if (transposeA) packATransposed(blockA, lda, rows, depth, packedA);
          else packA(blockA, lda, rows, depth, packedA);
          blockA = packedA;
        }
        const order = packsA ? Order.Packed : transposeA ? Order.Step : Order.Rows;
        const rowA: usize = transposeA ? 4 : lda;
        const stepA = packsA ? A_STEP : lda;
        gemmBlock(order, blockA, rowA, stepA, blockB, nextB, stepB, depth, start, ldStart, blockC, ldc, rows, columns);
      }
      p += KC;
    } while (p < k);
  }
}

/** M = 1: adds the rows of B to C one after another, so that B is read sequentially, at the speed of the memory. */
function rowTimesMatrix(a: usize, b: usize, c: usize, n: i32, k: i32, bias: usize): void {
  const ldb = (<usize>n) << 2;
  const whole = n & -NR;
  if (whole < n) {
    const column = (<usize>whole) << 2;
    const start = bias ? bias + column : ZEROS;
    gemmBlock(Order.Rows, a, 0, 0, b + column, B_STEP, ldb, k, start, 0, c + column, ldb, 1, n - whole);
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
