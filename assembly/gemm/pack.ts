/**
 * Packing: copies a block of A or B into the order in which the micro-kernels read it. Rows and columns past the end of
 * the matrix get arbitrary values; what is computed from them is not stored.
 */
import {MR, NR} from '../tuning';

/** Bytes of one step of k in a packed panel: of B, and of A. */
// @ts-ignore: decorator
@inline
export const B_STEP: usize = (<usize>NR) << 2;
// @ts-ignore: decorator
@inline
export const A_STEP: usize = (<usize>MR) << 2;

/** Bytes of a row of `columns` columns of B, rounded up to whole panels. */
export function panelRowBytes(columns: i32): usize {
  return <usize>((columns + NR - 1) / NR) * B_STEP;
}

/**
 * Packs a block of B, k x n, with a row stride of `ldb` bytes: panel p holds B[0 .. k)[8p .. 8p + 8), one step of k
 * after another. B is read sequentially, four rows at a time, and up to 28 bytes past the end of a row.
 */
export function packB(b: usize, ldb: usize, k: i32, n: i32, packed: usize): void {
  const panelBytes = <usize>k * B_STEP;
  for (; k >= 4; k -= 4) {
    packFourRows(b, ldb, n, packed, panelBytes);
    b += 4 * ldb;
    packed += 4 * B_STEP;
  }
  for (; k > 0; k--) {
    let to = packed;
    for (let from = b; from < b + ((<usize>n) << 2); from += B_STEP) {
      v128.store(to, v128.load(from));
      v128.store(to, v128.load(from, 16), 16);
      to += panelBytes;
    }
    b += ldb;
    packed += B_STEP;
  }
}

function packFourRows(b: usize, ldb: usize, n: i32, packed: usize, panelBytes: usize): void {
  let b1 = b + ldb;
  let b2 = b1 + ldb;
  let b3 = b2 + ldb;
  const end = b + ((<usize>n) << 2);
  while (b < end) {
    v128.store(packed, v128.load(b));
    v128.store(packed, v128.load(b, 16), 16);
    v128.store(packed, v128.load(b1), 32);
    v128.store(packed, v128.load(b1, 16), 48);
    v128.store(packed, v128.load(b2), 64);
    v128.store(packed, v128.load(b2, 16), 80);
    v128.store(packed, v128.load(b3), 96);
    v128.store(packed, v128.load(b3, 16), 112);
    b += B_STEP;
    b1 += B_STEP;
    b2 += B_STEP;
    b3 += B_STEP;
    packed += panelBytes;
  }
}

/** The same panels of a B that is stored transposed, column j of op(B) at b + j * ldb; by transposing 4x4 blocks. */
export function packBTransposed(b: usize, ldb: usize, k: i32, n: i32, packed: usize): void {
  for (let j = 0; j < n; j += NR) {
    const rows = min(NR, n - j);
    packRows4(b, ldb, k, rows, packed, B_STEP);
    packRows4(rows > 4 ? b + 4 * ldb : b, ldb, k, max(rows - 4, 1), packed + 16, B_STEP);
    b += ldb * NR;
    packed += <usize>k * B_STEP;
  }
}

/**
 * How many of m rows go to tiles of MR rows; the others go to tiles of five. There are as few tiles as possible, and as
 * few empty rows in them: 32 rows make two tiles of six and four of five.
 */
export function rowsBySix(m: i32): i32 {
  if (MR == 5) return m;
  const tiles = (m + 5) / 6;
  return 6 * (tiles - min(tiles, 6 * tiles - m));
}

/**
 * Packs a block of A, m x k, row i at a + i * lda: panels of MR or of five rows, see rowsBySix(), each packed[k][MR].
 */
export function packA(a: usize, lda: usize, m: i32, k: i32, packed: usize): void {
  const bySix = rowsBySix(m);
  for (let i = 0; i < m; ) {
    const step = i < bySix ? MR : 5;
    const rows = min(step, m - i);
    packRows4(a, lda, k, rows, packed, A_STEP);
    const a4 = rows > 4 ? a + 4 * lda : a;
    packRows2(a4, rows > 5 ? a4 + lda : a4, k, packed + 16);
    a += lda * step;
    packed += <usize>k * A_STEP;
    i += step;
  }
}

/** The same panels of an A that is stored transposed, A(i, k) at a + k * lda + 4 * i. */
export function packATransposed(a: usize, lda: usize, m: i32, k: i32, packed: usize): void {
  const bySix = rowsBySix(m);
  for (let i = 0; i < m; i += i < bySix ? MR : 5) {
    let source = a + ((<usize>i) << 2);
    for (let step = k; step > 0; step--) {
      v128.store(packed, v128.load(source));
      if (MR > 5) store<u64>(packed, load<u64>(source, 16), 16);
      else store<u32>(packed, load<u32>(source, 16), 16);
      source += lda;
      packed += A_STEP;
    }
  }
}

/** Packs four rows: element k of row r goes to packed + k * step + 4 * r. Rows from `rows` on repeat the last. */
function packRows4(a: usize, lda: usize, k: i32, rows: i32, packed: usize, step: usize): void {
  let a1 = rows > 1 ? a + lda : a;
  let a2 = rows > 2 ? a1 + lda : a1;
  let a3 = rows > 3 ? a2 + lda : a2;
  while (k >= 4) {
    const r0 = v128.load(a),
      r1 = v128.load(a1),
      r2 = v128.load(a2),
      r3 = v128.load(a3);
    const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5),
      high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
    const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5),
      high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
    v128.store(packed, v128.shuffle<f64>(low01, low23, 0, 2));
    v128.store(packed + step, v128.shuffle<f64>(low01, low23, 1, 3));
    v128.store(packed + 2 * step, v128.shuffle<f64>(high01, high23, 0, 2));
    v128.store(packed + 3 * step, v128.shuffle<f64>(high01, high23, 1, 3));
    packed += 4 * step;
    a += 16;
    a1 += 16;
    a2 += 16;
    a3 += 16;
    k -= 4;
  }
  while (k > 0) {
    store<u32>(packed, load<u32>(a));
    store<u32>(packed, load<u32>(a1), 4);
    store<u32>(packed, load<u32>(a2), 8);
    store<u32>(packed, load<u32>(a3), 12);
    packed += step;
    a += 4;
    a1 += 4;
    a2 += 4;
    a3 += 4;
    k--;
  }
}

/** The fifth row of a panel of A, and at the relaxed level the sixth. */
function packRows2(a: usize, a1: usize, k: i32, packed: usize): void {
  while (k > 0) {
    store<u32>(packed, load<u32>(a));
    if (MR > 5) store<u32>(packed, load<u32>(a1), 4);
    packed += A_STEP;
    a += 4;
    a1 += 4;
    k--;
  }
}
