/** Transpositions that move the last dimension: of matrices, in blocks, within any number of outer dimensions. */
import {TransposedDimension} from '../abi';
import {IS_INFERENCE, storePartial} from '../simd';

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

/** Transposes 8 rows of 8 bytes, of which those after number `last` are that one; whole rows of y are stored in order. */
function block8(x: usize, y: usize, last: i32, xPitch: usize, yPitch: usize): void {
  const x1 = last > 0 ? x + xPitch : x;
  const x2 = last > 1 ? x1 + xPitch : x1;
  const x3 = last > 2 ? x2 + xPitch : x2;
  const x4 = last > 3 ? x3 + xPitch : x3;
  const x5 = last > 4 ? x4 + xPitch : x4;
  const x6 = last > 5 ? x5 + xPitch : x5;
  const x7 = last > 6 ? x6 + xPitch : x6;
  const a = pairs(x, x1);
  const b = pairs(x2, x3);
  const c = pairs(x4, x5);
  const d = pairs(x6, x7);
  const ab0 = v128.shuffle<i16>(a, b, 0, 8, 1, 9, 2, 10, 3, 11);
  const ab1 = v128.shuffle<i16>(a, b, 4, 12, 5, 13, 6, 14, 7, 15);
  const cd0 = v128.shuffle<i16>(c, d, 0, 8, 1, 9, 2, 10, 3, 11);
  const cd1 = v128.shuffle<i16>(c, d, 4, 12, 5, 13, 6, 14, 7, 15);
  y = storeTwo(y, yPitch, v128.shuffle<i32>(ab0, cd0, 0, 4, 1, 5));
  y = storeTwo(y, yPitch, v128.shuffle<i32>(ab0, cd0, 2, 6, 3, 7));
  y = storeTwo(y, yPitch, v128.shuffle<i32>(ab1, cd1, 0, 4, 1, 5));
  storeTwo(y, yPitch, v128.shuffle<i32>(ab1, cd1, 2, 6, 3, 7));
}

/** The bytes of two rows in turn. */
// @ts-ignore: decorator
@inline
function pairs(x: usize, next: usize): v128 {
  const a = v128.load64_zero(x);
  const b = v128.load64_zero(next);
  return v128.shuffle<i8>(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}

/** Stores either half of x as a row; returns where the row after them is. */
// @ts-ignore: decorator
@inline
function storeTwo(y: usize, yPitch: usize, x: v128): usize {
  v128.store64_lane(y, x, 0);
  v128.store64_lane(y + yPitch, x, 1);
  return y + 2 * yPitch;
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
  // Whole vectors where each row of y ends as the next one begins, which is stored after it.
  while (!IS_INFERENCE && rows > 4 && cols > 1 && yPitch == (<usize>cols) << 2) {
    block4(x, x + x1, x + x2, x + x3, y, yPitch, 4, 4);
    x += 16;
    y += 4 * yPitch;
    rows -= 4;
  }
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
  if (IS_INFERENCE) {
    single(x, y, rows, cols, xPitch, yPitch);
    return;
  }
  // Blocks of 8 by 8, and the rest one by one. With fewer columns whole rows are stored too where each row of y ends as the
  // next one begins, and as many follow as 8 bytes hold.
  const narrow = cols < 8 && yPitch == <usize>cols;
  const blockRows = narrow ? max(rows - 7, 0) & -8 : cols < 8 ? 0 : rows & -8;
  const blockCols = narrow ? cols : cols & -8;
  for (let j = 0; j < blockCols; j += 8) {
    const last = min(cols - j, 8) - 1;
    for (let i = 0; i < blockRows; i += 8) {
      block8(x + <usize>j * xPitch + i, y + <usize>i * yPitch + j, last, xPitch, yPitch);
    }
  }
  single(x + blockRows, y + <usize>blockRows * yPitch, rows - blockRows, blockCols, xPitch, yPitch);
  single(x + <usize>blockCols * xPitch, y + blockCols, rows, cols - blockCols, xPitch, yPitch);
}

/** Bytes one by one. */
function single(x: usize, y: usize, rows: i32, cols: i32, xPitch: usize, yPitch: usize): void {
  while (cols > 0) {
    let p = x;
    let q = y;
    let k = rows;
    while (k > 0) {
      store<u8>(q, load<u8>(p));
      p++;
      q += yPitch;
      k--;
    }
    x += xPitch;
    y++;
    cols--;
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
