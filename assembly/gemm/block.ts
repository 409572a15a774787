/** The inner loops of a GEMM, over the register tiles of one block. Convolutions call them from loops of their own. */
import {fixedScratch, ZEROS} from '../memory';
import {storePartial} from '../simd';
import {MR, NR} from '../tuning';
import {gemm_f32_pixels_5x8, gemm_f32_pixels_x4, gemm_f32_pixels_x8} from './micro/pixels';
import {gemm_f32_rows_5x8, gemm_f32_rows_x4, gemm_f32_rows_x8} from './micro/rows';
import {gemm_f32_step_5x8, gemm_f32_step_x4, gemm_f32_step_x8} from './micro/step';
import {gemm_f32_table_5x8, gemm_f32_table_x4, gemm_f32_table_x8} from './micro/table';
import {A_STEP, B_STEP, rowsBySix} from './pack';

/** How A is stored; the files of micro/ define the orders. Packed is packA's format, which is read as Step. */
export enum Order {
  Rows,
  Pixels,
  Step,
  Table,
  Packed,
}

/**
 * C = start + A B for one block: A is m x depth, B depth x n in panels of 8 columns, C m x n; nothing past its rows and
 * columns is written.
 *
 * order            how A is stored
 * a, rowA, stepA   a and stepA as in micro/; from one row to the next a advances by rowA bytes: the row stride for
 *                  Rows, 4 for the other orders; unused for Packed
 * b, nextB, stepB  panel p is at b + p * nextB, its row k at k * stepB from there
 * start, ldStart   as in micro/tile.ts; with ldStart 0 all rows start from the same n floats, or from 0 if start is
 *                  ZEROS
 */
export function gemmBlock(
  order: Order,
  a: usize,
  rowA: usize,
  stepA: usize,
  b: usize,
  nextB: usize,
  stepB: usize,
  depth: i32,
  start: usize,
  ldStart: usize,
  c: usize,
  ldc: usize,
  m: i32,
  n: i32,
): void {
  const nextStart: usize = start == ZEROS ? 0 : B_STEP;
  for (let j = 0; j < n; j += NR) {
    gemmPanel(order, a, rowA, stepA, b, stepB, depth, start, ldStart, c, ldc, m, min(NR, n - j));
    b += nextB;
    start += nextStart;
    c += B_STEP;
  }
}

/** The same for one panel of B, of 1 .. 8 columns. */
export function gemmPanel(
  order: Order,
  a: usize,
  rowA: usize,
  stepA: usize,
  b: usize,
  stepB: usize,
  depth: i32,
  start: usize,
  ldStart: usize,
  c: usize,
  ldc: usize,
  m: i32,
  columns: i32,
): void {
  const bySix = rowsBySix(m);
  const whole = columns == NR || columns == 4;
  const ldOut = whole ? ldc : B_STEP;
  for (let i = 0; i < m; ) {
    const step = i < bySix ? MR : 5;
    const rows = min(step, m - i);
    const out = whole ? c : fixedScratch;
    if (columns <= 4) tileOfFour(order, a, stepA, b, stepB, depth, start, ldStart, out, ldOut, rows);
    else if (step == MR) tileOfEight(order, a, stepA, b, stepB, depth, start, ldStart, out, ldOut, rows);
    else tileOfFives(order, a, stepA, b, stepB, depth, start, ldStart, out, ldOut, rows);
    if (!whole) storeColumns(fixedScratch, c, ldc, rows, columns);
    a += order == Order.Packed ? <usize>depth * A_STEP : rowA * step;
    start += ldStart * step;
    c += ldc * step;
    i += step;
  }
}

// @ts-ignore: decorator
@inline
function tileOfEight(
  order: Order,
  a: usize,
  stepA: usize,
  b: usize,
  stepB: usize,
  depth: i32,
  start: usize,
  ldStart: usize,
  c: usize,
  ldc: usize,
  rows: i32,
): void {
  if (order == Order.Rows) gemm_f32_rows_x8(a, stepA, b, stepB, depth, start, ldStart, c, ldc, rows);
  else if (order == Order.Pixels) gemm_f32_pixels_x8(a, stepA, b, stepB, depth, start, ldStart, c, ldc, rows);
  else if (order == Order.Table) gemm_f32_table_x8(a, stepA, b, stepB, depth, start, ldStart, c, ldc, rows);
  else gemm_f32_step_x8(a, stepA, b, stepB, depth, start, ldStart, c, ldc, rows);
}

/**
 * At most five rows. 128 x 512 x 1024 runs at 53.5 GFLOP/s with such tiles, at 52.5 with tiles of six rows alone; the
 * filter gradient of 26x26x32 to 32 by minimal filtering, GEMMs of M = 32, at 123 and 111.
 */
// @ts-ignore: decorator
@inline
function tileOfFives(
  order: Order,
  a: usize,
  stepA: usize,
  b: usize,
  stepB: usize,
  depth: i32,
  start: usize,
  ldStart: usize,
  c: usize,
  ldc: usize,
  rows: i32,
): void {
  if (order == Order.Rows) gemm_f32_rows_5x8(a, stepA, b, stepB, depth, start, ldStart, c, ldc, rows);
  else if (order == Order.Pixels) gemm_f32_pixels_5x8(a, stepA, b, stepB, depth, start, ldStart, c, ldc, rows);
  else if (order == Order.Table) gemm_f32_table_5x8(a, stepA, b, stepB, depth, start, ldStart, c, ldc, rows);
  else gemm_f32_step_5x8(a, stepA, b, stepB, depth, start, ldStart, c, ldc, rows);
}

// @ts-ignore: decorator
@inline
function tileOfFour(
  order: Order,
  a: usize,
  stepA: usize,
  b: usize,
  stepB: usize,
  depth: i32,
  start: usize,
  ldStart: usize,
  c: usize,
  ldc: usize,
  rows: i32,
): void {
  if (order == Order.Rows) gemm_f32_rows_x4(a, stepA, b, stepB, depth, start, ldStart, c, ldc, rows);
  else if (order == Order.Pixels) gemm_f32_pixels_x4(a, stepA, b, stepB, depth, start, ldStart, c, ldc, rows);
  else if (order == Order.Table) gemm_f32_table_x4(a, stepA, b, stepB, depth, start, ldStart, c, ldc, rows);
  else gemm_f32_step_x4(a, stepA, b, stepB, depth, start, ldStart, c, ldc, rows);
}

/** C[i][j] = panel[i][j] for i < rows, j < columns < 8; rows of the panel have eight columns. */
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
