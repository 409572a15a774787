import {conjugateProductI, conjugateProductR} from './lists';

/** Stores four vectors as the columns of 4 rows of 4 floats. */
// @ts-ignore: decorator
@inline
function storeColumns(y: usize, a: v128, b: v128, c: v128, d: v128): void {
  const ab01 = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
  const ab23 = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
  const cd01 = v128.shuffle<i32>(c, d, 0, 4, 1, 5);
  const cd23 = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
  v128.store(y, v128.shuffle<i64>(ab01, cd01, 0, 2));
  v128.store(y, v128.shuffle<i64>(ab01, cd01, 1, 3), 16);
  v128.store(y, v128.shuffle<i64>(ab23, cd23, 0, 2), 32);
  v128.store(y, v128.shuffle<i64>(ab23, cd23, 1, 3), 48);
}

/** Every second float from an address on. */
// @ts-ignore: decorator
@inline
function everySecond(x: usize): v128 {
  return v128.shuffle<i32>(v128.load(x), v128.load(x, 16), 0, 2, 4, 6);
}

/** Every third float from an address on. */
// @ts-ignore: decorator
@inline
function everyThird(x: usize): v128 {
  const last = v128.shuffle<i32>(v128.load(x, 16), v128.load(x, 32), 2, 5, 2, 5);
  return v128.shuffle<i32>(v128.load(x), last, 0, 3, 4, 5);
}

/**
 * The first pass (s = 1) of radix 4, as passes.ts has it, with four neighbouring p at a time: m >= 4. The last four of the
 * p end at m, and may have been computed before.
 */
export function fft_first_pass_4_f32(xr: usize, xi: usize, yr: usize, yi: usize, m: i32, cos: usize, sin: usize): void {
  const xStep = (<usize>m) << 2;
  const last = xStep - 16;
  let p: usize = 0;
  let count = (m + 3) >> 2;
  while (count > 0) {
    const re = xr + p;
    const im = xi + p;
    const ar = v128.load(re);
    const ai = v128.load(im);
    const cr = v128.load(re + 2 * xStep);
    const ci = v128.load(im + 2 * xStep);
    const evenR = f32x4.add(ar, cr);
    const evenI = f32x4.add(ai, ci);
    const oddR = f32x4.sub(ar, cr);
    const oddI = f32x4.sub(ai, ci);
    const br = v128.load(re + xStep);
    const bi = v128.load(im + xStep);
    const dr = v128.load(re + 3 * xStep);
    const di = v128.load(im + 3 * xStep);
    const sumR = f32x4.add(br, dr);
    const sumI = f32x4.add(bi, di);
    const difR = f32x4.sub(br, dr);
    const difI = f32x4.sub(bi, di);

    let c = v128.load(cos + p);
    let s = v128.load(sin + p);
    let sumOfR = f32x4.add(oddR, difI);
    let sumOfI = f32x4.sub(oddI, difR);
    const firstR = conjugateProductR(sumOfR, sumOfI, c, s);
    const firstI = conjugateProductI(sumOfR, sumOfI, c, s);
    c = everySecond(cos + 2 * p);
    s = everySecond(sin + 2 * p);
    sumOfR = f32x4.sub(evenR, sumR);
    sumOfI = f32x4.sub(evenI, sumI);
    const secondR = conjugateProductR(sumOfR, sumOfI, c, s);
    const secondI = conjugateProductI(sumOfR, sumOfI, c, s);
    c = everyThird(cos + 3 * p);
    s = everyThird(sin + 3 * p);
    sumOfR = f32x4.sub(oddR, difI);
    sumOfI = f32x4.add(oddI, difR);
    const thirdR = conjugateProductR(sumOfR, sumOfI, c, s);
    const thirdI = conjugateProductI(sumOfR, sumOfI, c, s);

    storeColumns(yr + 4 * p, f32x4.add(evenR, sumR), firstR, secondR, thirdR);
    storeColumns(yi + 4 * p, f32x4.add(evenI, sumI), firstI, secondI, thirdI);
    p = min(p + 16, last);
    count--;
  }
}
