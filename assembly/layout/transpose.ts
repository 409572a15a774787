/** Transpositions that move the last dimension: of matrices, in blocks, within any number of outer dimensions. */
import {TransposedDimension} from '../abi';
import {storePartial} from '../simd';

/**
 * Rows of x, columns of y, that are taken together: they fill a cache line of each row of y before the next one is
 * begun.
 */
const BLOCK: i32 = 16;

/** Transposes 4 rows of 4 floats, and stores the first `cols` floats of the first `rows` resulting rows. */
// @ts-ignore: decorator
@inline
function block4(x0: usize, x1: usize, x2: usize, x3: usize, y: usize, yPitch: usize, rows: i32, cols: i32): void {
  const a = v128.load(x0);
  const b = v128.load(x1);
  const c = v128.load(x2);
  const d = v128.load(x3);
  const ab01 = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
  const ab23 = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
  const cd01 = v128.shuffle<i32>(c, d, 0, 4, 1, 5);
  const cd23 = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
  const row0 = v128.shuffle<i64>(ab01, cd01, 0, 2);
  const row1 = v128.shuffle<i64>(ab01, cd01, 1, 3);
  const row2 = v128.shuffle<i64>(ab23, cd23, 0, 2);
  const row3 = v128.shuffle<i64>(ab23, cd23, 1, 3);
  if (rows == 4 && cols == 4) {
    v128.store(y, row0);
    v128.store(y + yPitch, row1);
    v128.store(y + 2 * yPitch, row2);
    v128.store(y + 3 * yPitch, row3);
    return;
  }
  storeEdge(y, row0, cols);
  if (rows > 1) storeEdge(y + yPitch, row1, cols);
  if (rows > 2) storeEdge(y + 2 * yPitch, row2, cols);
  if (rows > 3) storeEdge(y + 3 * yPitch, row3, cols);
}

// @ts-ignore: decorator
@inline
function storeEdge(y: usize, x: v128, n: i32): void {
  if (n == 4) v128.store(y, x);
  else storePartial(y, x, n);
}

/** Up to four columns of y, from as many rows of x, over all rows of y. */
function stripe(x: usize, y: usize, rows: i32, cols: i32, xPitch: usize, yPitch: usize): void {
  // The last row replaces those past the end of x, which may not be readable.
  const x1 = cols > 1 ? xPitch : 0;
  const x2 = cols > 2 ? x1 + xPitch : x1;
  const x3 = cols > 3 ? x2 + xPitch : x2;
  while (rows >= 4) {
    block4(x, x + x1, x + x2, x + x3, y, yPitch, 4, cols);
    x += 16;
    y += 4 * yPitch;
    rows -= 4;
  }
  if (rows > 0) block4(x, x + x1, x + x2, x + x3, y, yPitch, rows, cols);
}

/** 16 columns of y, over all its rows. */
function wideStripe(x: usize, y: usize, rows: i32, xPitch: usize, yPitch: usize): void {
  while (rows > 0) {
    const n = min(rows, 4);
    let p = x;
    let q = y;
    let k = BLOCK;
    while (k > 0) {
      const x1 = p + xPitch;
      const x2 = x1 + xPitch;
      const x3 = x2 + xPitch;
      block4(p, x1, x2, x3, q, yPitch, n, 4);
      p = x3 + xPitch;
      q += 16;
      k -= 4;
    }
    x += 16;
    y += 4 * yPitch;
    rows -= 4;
  }
}

// @ts-ignore: decorator
@inline
function matrix<T>(x: usize, y: usize, rows: i32, cols: i32, xPitch: usize, yPitch: usize): void {
  if (sizeof<T>() == 4) {
    while (cols >= BLOCK) {
      wideStripe(x, y, rows, xPitch, yPitch);
      x += <usize>BLOCK * xPitch;
      y += BLOCK << 2;
      cols -= BLOCK;
    }
    while (cols > 0) {
      stripe(x, y, rows, min(cols, 4), xPitch, yPitch);
      x += 4 * xPitch;
      y += 16;
      cols -= 4;
    }
    return;
  }
  for (let i: usize = 0; i < <usize>rows; i++) {
    let p = x + i * sizeof<T>();
    let q = y + i * yPitch;
    let k = cols;
    while (k > 0) {
      store<T>(q, load<T>(p));
      p += xPitch;
      q += sizeof<T>();
      k--;
    }
  }
}

function level<T>(
  x: usize,
  y: usize,
  rows: i32,
  cols: i32,
  xPitch: usize,
  yPitch: usize,
  outerRank: i32,
  params: usize,
): void {
  if (outerRank == 0) {
    matrix<T>(x, y, rows, cols, xPitch, yPitch);
    return;
  }
  const dimension = changetype<TransposedDimension>(params);
  let k = dimension.size;
  const xStride = <usize>dimension.xStride;
  const yStride = <usize>dimension.yStride;
  while (k > 0) {
    level<T>(x, y, rows, cols, xPitch, yPitch, outerRank - 1, params + offsetof<TransposedDimension>());
    x += xStride;
    y += yStride;
    k--;
  }
}

/**
 * y[..., i, j] = x[..., j, i] for i < rows and j < cols, elements of 4 bytes (_32) or 1 byte (_8). Rows of x begin
 * every xPitch bytes, rows of y every yPitch bytes; x and y do not overlap.
 *
 * @param outerRank >= 0
 * @param params a TransposedDimension for each outer dimension
 */
export function transpose_32(
  x: usize,
  y: usize,
  rows: i32,
  cols: i32,
  xPitch: usize,
  yPitch: usize,
  outerRank: i32,
  params: usize,
): void {
  level<i32>(x, y, rows, cols, xPitch, yPitch, outerRank, params);
}
export function transpose_8(
  x: usize,
  y: usize,
  rows: i32,
  cols: i32,
  xPitch: usize,
  yPitch: usize,
  outerRank: i32,
  params: usize,
): void {
  level<u8>(x, y, rows, cols, xPitch, yPitch, outerRank, params);
}
