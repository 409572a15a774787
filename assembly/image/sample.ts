/**
 * Samples one pixel at a position in an image, x and y as two doubles; `fill` is the pixel for positions outside the
 * image.
 */
import {copyRun} from '../layout/copy';
import {fixedScratch} from '../memory';
import {storePartial} from '../simd';

/**
 * What does not change from pixel to pixel, as pairs of doubles in memory: V8 would compute it anew for every pixel.
 *
 *   0 width, height    16 one half    32 one    48 2^52    64 a    80 b * (row - origin y)    96 c    112 origin x
 *   128 projectionX    144 projectionY * row    160 whether there is no projection, int32
 */
export const FRAME: usize = fixedScratch;

export class Nearest {}
export class Bilinear {}

// @ts-ignore: decorator
@inline
export function pair(x: f64, y: f64): v128 {
  return f64x2.replace_lane(f64x2.splat(x), 1, y);
}

// @ts-ignore: decorator
@inline
function half(): v128 {
  return v128.load(FRAME, 16);
}

// @ts-ignore: decorator
@inline
export function one(): v128 {
  return v128.load(FRAME, 32);
}

// @ts-ignore: decorator
@inline
export function copyPixel(x: usize, y: usize, pixelBytes: usize): void {
  if (pixelBytes == 4) store<u32>(y, load<u32>(x));
  else copyRun(x, y, pixelBytes);
}

/** Whether x and y are pixels of an image of that size. */
// @ts-ignore: decorator
@inline
function isWithin(pixel: v128, size: v128): bool {
  return v128.all_true<i64>(v128.and(f64x2.ge(pixel, f64x2.splat(0)), f64x2.lt(pixel, size)));
}

/** The address of a pixel, given by two whole numbers >= 0: added to 2^52, they are the low bits of a double. */
// @ts-ignore: decorator
@inline
function pixelAddress(x: usize, pixel: v128, pitch: usize, pixelBytes: usize): usize {
  const whole = f64x2.add(pixel, v128.load(FRAME, 48));
  return x + <usize>i32x4.extract_lane(whole, 2) * pitch + <usize>i32x4.extract_lane(whole, 0) * pixelBytes;
}

/** y = the pixel of x nearest to a position; halves go up, as with JavaScript's Math.round. */
// @ts-ignore: decorator
@inline
function nearest(x: usize, y: usize, position: v128, pitch: usize, pixelBytes: usize, fill: usize): void {
  const up = f64x2.ceil(position);
  const isDown = f64x2.gt(f64x2.sub(up, half()), position);
  const pixel = f64x2.sub(up, v128.and(isDown, one()));
  copyPixel(isWithin(pixel, v128.load(FRAME)) ? pixelAddress(x, pixel, pitch, pixelBytes) : fill, y, pixelBytes);
}

/** The address of the pixel `right` and `down` of another one, or `fill`. */
// @ts-ignore: decorator
@inline
function neighbour(x: usize, pixel: v128, right: f64, down: f64, pitch: usize, pixelBytes: usize, fill: usize): usize {
  const moved = f64x2.add(pixel, pair(right, down));
  return isWithin(moved, v128.load(FRAME)) ? pixelAddress(x, moved, pitch, pixelBytes) : fill;
}

/** The first float at each of two addresses. */
// @ts-ignore: decorator
@inline
export function twoFloats(a: usize, b: usize): v128 {
  return pair(<f64>load<f32>(a), <f64>load<f32>(b));
}

/** y = the bilinear interpolation of the four pixels of x around a position, float32. */
// @ts-ignore: decorator
@inline
function bilinear(x: usize, y: usize, position: v128, pitch: usize, pixelBytes: usize, fill: usize): void {
  const pixel = f64x2.floor(position);
  // The weights are computed as on tfjs-backend-cpu: infinite positions give NaN, very large ones give 0 for both.
  const second = f64x2.sub(position, pixel);
  const first = f64x2.sub(f64x2.add(pixel, one()), position);
  let p = fill;
  let right = fill;
  let q = fill;
  let belowRight = fill;
  if (isWithin(pixel, f64x2.sub(v128.load(FRAME), one()))) {
    p = pixelAddress(x, pixel, pitch, pixelBytes);
    right = p + pixelBytes;
    q = p + pitch;
    belowRight = right + pitch;
  } else {
    p = neighbour(x, pixel, 0, 0, pitch, pixelBytes, fill);
    right = neighbour(x, pixel, 1, 0, pitch, pixelBytes, fill);
    q = neighbour(x, pixel, 0, 1, pitch, pixelBytes, fill);
    belowRight = neighbour(x, pixel, 1, 1, pitch, pixelBytes, fill);
  }
  if (pixelBytes == 4) {
    const above = f64x2.mul(twoFloats(p, right), v128.shuffle<f64>(first, first, 1, 1));
    const below = f64x2.mul(twoFloats(q, belowRight), v128.shuffle<f64>(second, second, 1, 1));
    const terms = f64x2.mul(f64x2.add(above, below), v128.shuffle<f64>(first, second, 0, 2));
    store<f32>(y, <f32>(f64x2.extract_lane(terms, 0) + f64x2.extract_lane(terms, 1)));
    return;
  }
  const left = f32x4.splat(<f32>f64x2.extract_lane(first, 0));
  const top = f32x4.splat(<f32>f64x2.extract_lane(first, 1));
  const rightWeight = f32x4.splat(<f32>f64x2.extract_lane(second, 0));
  const bottom = f32x4.splat(<f32>f64x2.extract_lane(second, 1));
  let channels = <i32>(pixelBytes >> 2);
  for (let i: usize = 0; channels > 0; i += 16) {
    const above = f32x4.add(f32x4.mul(v128.load(p + i), left), f32x4.mul(v128.load(right + i), rightWeight));
    const below = f32x4.add(f32x4.mul(v128.load(q + i), left), f32x4.mul(v128.load(belowRight + i), rightWeight));
    const result = f32x4.add(f32x4.mul(above, top), f32x4.mul(below, bottom));
    if (channels >= 4) v128.store(y + i, result);
    else storePartial(y + i, result, channels);
    channels -= 4;
  }
}

// @ts-ignore: decorator
@inline
export function sample<Sample>(x: usize, y: usize, position: v128, pitch: usize, pixelBytes: usize, fill: usize): void {
  if (idof<Sample>() == idof<Nearest>()) nearest(x, y, position, pitch, pixelBytes, fill);
  else bilinear(x, y, position, pitch, pixelBytes, fill);
}
