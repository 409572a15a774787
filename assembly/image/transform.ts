/**
 * y = images x, both NHWC, through a projection: each pixel of y is taken from a position of x. Positions are computed
 * in doubles and in the order of the CPU backend, so that the same pixels are read.
 *
 *   position = (a * (column - origin x) + b * (row - origin y) + c) / (projectionX * column + projectionY * row + 1)
 *
 * where a, b and c are two doubles, for x and y. `fill` is a pixel for what is outside the image.
 */
import {copyRun} from '../layout/copy';
import {storePartial} from '../simd';
import {CONSTANT, withinImage} from './fill_mode';

class Nearest {}
class Bilinear {}

// @ts-ignore: decorator
@inline
function pair(x: f64, y: f64): v128 {
  return f64x2.replace_lane(f64x2.splat(x), 1, y);
}

// @ts-ignore: decorator
@inline
function copyPixel(x: usize, y: usize, pixelBytes: usize): void {
  if (pixelBytes == 4) store<u32>(y, load<u32>(x));
  else copyRun(x, y, pixelBytes);
}

/** Whether x and y are pixels of an image of that size. */
// @ts-ignore: decorator
@inline
function isWithin(pixel: v128, size: v128): bool {
  return v128.all_true<i64>(v128.and(f64x2.ge(pixel, f64x2.splat(0)), f64x2.lt(pixel, size)));
}

// @ts-ignore: decorator
@inline
function pixelAddress(x: usize, pixel: v128, pitch: usize, pixelBytes: usize): usize {
  const whole = i32x4.trunc_sat_f64x2_s_zero(pixel);
  return x + <usize>i32x4.extract_lane(whole, 1) * pitch + <usize>i32x4.extract_lane(whole, 0) * pixelBytes;
}

/** y = the pixel of x nearest to a position; halves go up, as with Math.round of JavaScript. */
// @ts-ignore: decorator
@inline
function nearest(x: usize, y: usize, position: v128, size: v128, pitch: usize, pixelBytes: usize, fill: usize): void {
  const up = f64x2.ceil(position);
  const isDown = f64x2.gt(f64x2.sub(up, f64x2.splat(0.5)), position);
  const pixel = f64x2.sub(up, v128.and(isDown, f64x2.splat(1)));
  copyPixel(isWithin(pixel, size) ? pixelAddress(x, pixel, pitch, pixelBytes) : fill, y, pixelBytes);
}

/** The pixel `right` and `down` of another one, or `fill`. */
// @ts-ignore: decorator
@inline
function neighbour(
  x: usize,
  pixel: v128,
  right: f64,
  down: f64,
  size: v128,
  pitch: usize,
  pixelBytes: usize,
  fill: usize,
): usize {
  const moved = f64x2.add(pixel, pair(right, down));
  return isWithin(moved, size) ? pixelAddress(x, moved, pitch, pixelBytes) : fill;
}

/** The first float at each of two addresses. */
// @ts-ignore: decorator
@inline
function twoFloats(a: usize, b: usize): v128 {
  return pair(<f64>load<f32>(a), <f64>load<f32>(b));
}

/** y = what is between the four pixels of x around a position, float32. */
// @ts-ignore: decorator
@inline
function bilinear(x: usize, y: usize, position: v128, size: v128, pitch: usize, pixelBytes: usize, fill: usize): void {
  const one = f64x2.splat(1);
  const pixel = f64x2.floor(position);
  // As the CPU backend has them: infinite positions make them NaN, and very large ones both 0.
  const second = f64x2.sub(position, pixel);
  const first = f64x2.sub(f64x2.add(pixel, one), position);
  let p = fill;
  let right = fill;
  let q = fill;
  let belowRight = fill;
  if (isWithin(pixel, f64x2.sub(size, one))) {
    p = pixelAddress(x, pixel, pitch, pixelBytes);
    right = p + pixelBytes;
    q = p + pitch;
    belowRight = right + pitch;
  } else {
    p = neighbour(x, pixel, 0, 0, size, pitch, pixelBytes, fill);
    right = neighbour(x, pixel, 1, 0, size, pitch, pixelBytes, fill);
    q = neighbour(x, pixel, 0, 1, size, pitch, pixelBytes, fill);
    belowRight = neighbour(x, pixel, 1, 1, size, pitch, pixelBytes, fill);
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

/** One image. */
// @ts-ignore: decorator
@inline
function project<Sample>(
  x: usize,
  y: usize,
  size: v128,
  pixelBytes: usize,
  newHeight: i32,
  newWidth: i32,
  a: v128,
  b: v128,
  c: v128,
  originX: f64,
  originY: f64,
  projectionX: f64,
  projectionY: f64,
  mode: i32,
  fill: usize,
): void {
  const pitch = <usize>f64x2.extract_lane(size, 0) * pixelBytes;
  const isAffine = projectionX == 0 && projectionY == 0;
  for (let row = 0; row < newHeight; row++) {
    const ofRow = f64x2.mul(b, f64x2.splat(<f64>row - originY));
    for (let column = 0; column < newWidth; column++) {
      let position = f64x2.mul(a, f64x2.splat(<f64>column - originX));
      position = f64x2.add(f64x2.add(position, ofRow), c);
      let projection: f64 = 1;
      if (!isAffine) {
        projection = projectionX * <f64>column + projectionY * <f64>row + 1;
        position = f64x2.div(position, f64x2.splat(projection));
      }
      if (projection == 0) {
        copyPixel(fill, y, pixelBytes);
      } else if (idof<Sample>() == idof<Nearest>()) {
        nearest(x, y, withinImage(position, size, mode), size, pitch, pixelBytes, fill);
      } else {
        bilinear(x, y, withinImage(position, size, mode), size, pitch, pixelBytes, fill);
      }
      y += pixelBytes;
    }
  }
}

// @ts-ignore: decorator
@inline
function transform<Sample>(
  x: usize,
  y: usize,
  batch: i32,
  height: i32,
  width: i32,
  channels: i32,
  newHeight: i32,
  newWidth: i32,
  transforms: usize,
  transformStep: usize,
  mode: i32,
  fill: usize,
): void {
  const pixelBytes = <usize>channels << 2;
  while (batch > 0) {
    project<Sample>(
      x,
      y,
      pair(width, height),
      pixelBytes,
      newHeight,
      newWidth,
      twoFloats(transforms, transforms + 12),
      twoFloats(transforms + 4, transforms + 16),
      twoFloats(transforms + 8, transforms + 20),
      0,
      0,
      load<f32>(transforms, 24),
      load<f32>(transforms, 28),
      mode,
      fill,
    );
    x += <usize>height * <usize>width * pixelBytes;
    y += <usize>newHeight * <usize>newWidth * pixelBytes;
    transforms += transformStep;
    batch--;
  }
}

/**
 * Images of height x width, >= 1 each, to newHeight x newWidth; float32.
 *
 * @param transforms eight floats a0, b0, c0, a1, b1, c1, projectionX, projectionY for each image, `transformStep` bytes
 * apart, which is 0 for one transform of all images
 * @param mode see fill_mode.ts
 */
export function transform_nearest_f32(
  x: usize,
  y: usize,
  batch: i32,
  height: i32,
  width: i32,
  channels: i32,
  newHeight: i32,
  newWidth: i32,
  transforms: usize,
  transformStep: usize,
  mode: i32,
  fill: usize,
): void {
  transform<Nearest>(
    x, y, batch, height, width, channels, newHeight, newWidth, transforms, transformStep, mode, fill,
  );
}
export function transform_bilinear_f32(
  x: usize,
  y: usize,
  batch: i32,
  height: i32,
  width: i32,
  channels: i32,
  newHeight: i32,
  newWidth: i32,
  transforms: usize,
  transformStep: usize,
  mode: i32,
  fill: usize,
): void {
  transform<Bilinear>(
    x, y, batch, height, width, channels, newHeight, newWidth, transforms, transformStep, mode, fill,
  );
}

/** Images of height x width, elements of 4 bytes, turned about a centre; each pixel is the nearest one. */
export function rotate_32(
  x: usize,
  y: usize,
  batch: i32,
  height: i32,
  width: i32,
  channels: i32,
  sine: f64,
  cosine: f64,
  centerX: f64,
  centerY: f64,
  fill: usize,
): void {
  const pixelBytes = <usize>channels << 2;
  const image = <usize>height * <usize>width * pixelBytes;
  while (batch > 0) {
    project<Nearest>(
      x,
      y,
      pair(width, height),
      pixelBytes,
      height,
      width,
      pair(cosine, sine),
      pair(-sine, cosine),
      pair(centerX, centerY),
      centerX,
      centerY,
      0,
      0,
      CONSTANT,
      fill,
    );
    x += image;
    y += image;
    batch--;
  }
}
