/**
 * Matrix products in three loops around the micro-kernels, as in Goto and van de Geijn, "Anatomy of high-performance
 * matrix multiplication" (2008): blocks of N and K choose a part of B, which is packed; blocks of M a part of A, which
 * is packed where enough columns will read it.
 */
import {TILE, ZEROS} from '../memory';
import {storePartial} from '../simd';
import {KC, MC, MR, NC, NR, PACK_A_MIN_N, PACK_B_MIN_M} from '../tuning';
import {
  gemm_f32_pixels_5x8,
  gemm_f32_pixels_x4,
  gemm_f32_pixels_x8,
  gemm_f32_rows_5x8,
  gemm_f32_rows_x4,
  gemm_f32_rows_x8,
  gemm_f32_step_5x8,
  gemm_f32_step_x4,
  gemm_f32_step_x8,
  gemm_f32_table_5x8,
  gemm_f32_table_x4,
  gemm_f32_table_x8,
} from './micro';
import {GEMV_ROWS, gemv_f32_row, gemv_f32_rows} from './vector';
import {A_STEP, B_STEP, packA, packATransposed, packB, packBTransposed, rowsBySix} from './pack';

/**
 * C = op(A) op(B) + bias, float32, row-major: op(A) is M x K, op(B) K x N, C M x N; all sizes >= 0.
 *
 * transposeA  A is stored K x M; transposeB  B is stored N x K
 * bias        N floats, added to every row, or 0
 * scratch     gemm_f32_scratch_bytes(...) bytes
 *
 * C may not overlap A, B or the bias. Sums run in the order of k, in blocks of KC.
 */
export function gemm_f32(
  a: usize, b: usize, c: usize, m: i32, n: i32, k: i32, transposeA: bool, transposeB: bool, bias: usize, scratch: usize,
): void {
  if (m == 1 && !transposeB) {
    // The row of A is the same whether it is stored as a row or as a column.
    rowTimesMatrix(a, b, c, n, k, bias);
    return;
  }
  const lda = <usize>(transposeA ? m : k) << 2;
  const ldb = <usize>(transposeB ? k : n) << 2;
  const ldc = <usize>n << 2;
  const packsB = mustPackB(m, transposeB);
  const packsA = mustPackA(n);
  const blockRows = rowsOfBlock(m);
  const packedA = scratch + packedBBytes(m, n, k, transposeB);
  for (let j = 0; j < n; j += NC) {
    const columns = min(NC, n - j);
    let p = 0;
    do {
      const depth = min(KC, k - p);
      let blockB = b + (transposeB ? <usize>j * ldb + (<usize>p << 2) : <usize>p * ldb + (<usize>j << 2));
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
        const blockC = c + <usize>i * ldc + (<usize>j << 2);
        let blockA = a + (transposeA ? <usize>p * lda + (<usize>i << 2) : <usize>i * lda + (<usize>p << 2));
        let start = blockC;
        let ldStart = ldc;
        if (p == 0) {
          start = bias ? bias + (<usize>j << 2) : ZEROS;
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

/** Rows of B are added to C one after another: read from its beginning to its end, B comes at the memory's speed. */
function rowTimesMatrix(a: usize, b: usize, c: usize, n: i32, k: i32, bias: usize): void {
  const ldb = <usize>n << 2;
  const whole = n & -NR;
  if (whole < n) {
    const column = <usize>whole << 2;
    const start = bias ? bias + column : ZEROS;
    gemmBlock(Order.Rows, a, 0, 0, b + column, B_STEP, ldb, k, start, 0, c + column, ldb, 1, n - whole);
  }
  if (bias) memory.copy(c, bias, <usize>whole << 2);
  else memory.fill(c, 0, <usize>whole << 2);
  for (; k >= GEMV_ROWS; k -= GEMV_ROWS) {
    gemv_f32_rows(a, b, ldb, whole, c);
    a += <usize>GEMV_ROWS << 2;
    b += ldb * GEMV_ROWS;
  }
  for (; k > 0; k--) {
    gemv_f32_row(a, b, whole, c);
    a += 4;
    b += ldb;
  }
}

/** The scratch that gemm_f32 needs for these arguments, in bytes. */
export function gemm_f32_scratch_bytes(m: i32, n: i32, k: i32, transposeB: bool): usize {
  return packedBBytes(m, n, k, transposeB) + (mustPackA(n) ? packedABytes(m, min(k, KC)) : 0);
}

/** How A lies, in the words of micro.ts; Packed is as packA leaves it. */
export const enum Order {
  Rows,
  Pixels,
  Step,
  Table,
  Packed,
}

/**
 * C = start + A B for one block whose parts lie ready in the caches: panels of 8 columns of B, `nextB` bytes apart.
 *
 * rowA       bytes from what a tile's address of A means for one row to the next: 4 but for Rows; unused for Packed
 * ldStart 0  starts all rows of a column alike: at start + 4 * column, or at zero where start is ZEROS
 */
export function gemmBlock(
  order: Order, a: usize, rowA: usize, stepA: usize,
  b: usize, nextB: usize, stepB: usize, depth: i32,
  start: usize, ldStart: usize, c: usize, ldc: usize, m: i32, n: i32,
): void {
  const nextStart: usize = start == ZEROS ? 0 : B_STEP;
  for (let j = 0; j < n; j += NR) {
    gemmPanel(order, a, rowA, stepA, b, stepB, depth, start, ldStart, c, ldc, m, min(NR, n - j));
    b += nextB;
    start += nextStart;
    c += B_STEP;
  }
}

/** The same for one panel of B: `columns` is 1 .. 8. */
export function gemmPanel(
  order: Order, a: usize, rowA: usize, stepA: usize,
  b: usize, stepB: usize, depth: i32,
  start: usize, ldStart: usize, c: usize, ldc: usize, m: i32, columns: i32,
): void {
  const bySix = rowsBySix(m);
  const whole = columns == NR || columns == 4;
  const ldOut = whole ? ldc : B_STEP;
  for (let i = 0; i < m; ) {
    const step = i < bySix ? MR : 5;
    const rows = min(step, m - i);
    const out = whole ? c : TILE;
    if (columns <= 4) tileOfFour(order, a, stepA, b, stepB, depth, start, ldStart, out, ldOut, rows);
    else if (step == MR) tileOfEight(order, a, stepA, b, stepB, depth, start, ldStart, out, ldOut, rows);
    else tileOfFives(order, a, stepA, b, stepB, depth, start, ldStart, out, ldOut, rows);
    if (!whole) storeColumns(TILE, c, ldc, rows, columns);
    a += order == Order.Packed ? <usize>depth * A_STEP : rowA * step;
    start += ldStart * step;
    c += ldc * step;
    i += step;
  }
}

// @ts-ignore: decorator
@inline
function tileOfEight(
  order: Order, a: usize, stepA: usize, b: usize, stepB: usize, depth: i32,
  start: usize, ldStart: usize, c: usize, ldc: usize, rows: i32,
): void {
  if (order == Order.Rows) gemm_f32_rows_x8(a, stepA, b, stepB, depth, start, ldStart, c, ldc, rows);
  else if (order == Order.Pixels) gemm_f32_pixels_x8(a, stepA, b, stepB, depth, start, ldStart, c, ldc, rows);
  else if (order == Order.Table) gemm_f32_table_x8(a, stepA, b, stepB, depth, start, ldStart, c, ldc, rows);
  else gemm_f32_step_x8(a, stepA, b, stepB, depth, start, ldStart, c, ldc, rows);
}

/** At most five rows: 32 x 200 x 5408 runs at X GFLOP/s with them, with six alone at Y. */
// @ts-ignore: decorator
@inline
function tileOfFives(
  order: Order, a: usize, stepA: usize, b: usize, stepB: usize, depth: i32,
  start: usize, ldStart: usize, c: usize, ldc: usize, rows: i32,
): void {
  if (order == Order.Rows) gemm_f32_rows_5x8(a, stepA, b, stepB, depth, start, ldStart, c, ldc, rows);
  else if (order == Order.Pixels) gemm_f32_pixels_5x8(a, stepA, b, stepB, depth, start, ldStart, c, ldc, rows);
  else if (order == Order.Table) gemm_f32_table_5x8(a, stepA, b, stepB, depth, start, ldStart, c, ldc, rows);
  else gemm_f32_step_5x8(a, stepA, b, stepB, depth, start, ldStart, c, ldc, rows);
}

// @ts-ignore: decorator
@inline
function tileOfFour(
  order: Order, a: usize, stepA: usize, b: usize, stepB: usize, depth: i32,
  start: usize, ldStart: usize, c: usize, ldc: usize, rows: i32,
): void {
  if (order == Order.Rows) gemm_f32_rows_x4(a, stepA, b, stepB, depth, start, ldStart, c, ldc, rows);
  else if (order == Order.Pixels) gemm_f32_pixels_x4(a, stepA, b, stepB, depth, start, ldStart, c, ldc, rows);
  else if (order == Order.Table) gemm_f32_table_x4(a, stepA, b, stepB, depth, start, ldStart, c, ldc, rows);
  else gemm_f32_step_x4(a, stepA, b, stepB, depth, start, ldStart, c, ldc, rows);
}

/** C[i][j] = panel[i][j] for i < rows, j < columns < 8, the panel having eight columns. */
export function storeColumns(panel: usize, c: usize, ldc: usize, rows: i32, columns: i32): void {
  while (rows > 0) {
    let x = v128.load(panel);
    if (columns >= 4) {
      v128.store(c, x);
      x = v128.load(panel, 16);
      storePartial(c + 16, x, columns - 4);
    } else {
      storePartial(c, x, columns);
    }
    panel += B_STEP;
    c += ldc;
    rows--;
  }
}

/** Packing reads and writes B once, which a few rows of A do not pay for; a transposed B cannot be read as it is. */
// @ts-ignore: decorator
@inline
function mustPackB(m: i32, transposeB: bool): bool {
  return transposeB || m >= PACK_B_MIN_M;
}

// @ts-ignore: decorator
@inline
function mustPackA(n: i32): bool {
  return n >= PACK_A_MIN_N;
}

function packedABytes(m: i32, depth: i32): usize {
  const rows = rowsOfBlock(m);
  return <usize>((rows + 4) / 5 * depth) * A_STEP;
}

/** Rows of A in a block, at most MC: all blocks alike, and so that tiles of six and five rows are full. */
function rowsOfBlock(m: i32): i32 {
  const blocks = (m + MC - 1) / MC;
  return (m + blocks - 1) / blocks;
}

function packedBBytes(m: i32, n: i32, k: i32, transposeB: bool): usize {
  if (!mustPackB(m, transposeB)) return 0;
  const panels = (min(n, NC) + NR - 1) / NR;
  return <usize>panels * <usize>min(k, KC) * B_STEP;
}

/**
 * C[i] = op(A[i]) op(B[i]) for i < batch, each as gemm_f32 without a bias. A matrix of A is stepA bytes after the one
 * before, of B stepB bytes; 0 uses the same one throughout. C's follow one another.
 */
export function batch_matmul_f32(
  a: usize, stepA: usize, b: usize, stepB: usize, c: usize, batch: i32,
  m: i32, n: i32, k: i32, transposeA: bool, transposeB: bool, scratch: usize,
): void {
  const stepC = <usize>m * <usize>n << 2;
  for (let i = 0; i < batch; i++) {
    gemm_f32(a, b, c, m, n, k, transposeA, transposeB, 0, scratch);
    a += stepA;
    b += stepB;
    c += stepC;
  }
}
