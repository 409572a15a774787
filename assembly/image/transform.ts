/**
 * y = images x, both NHWC, through a projection: each pixel of y is sampled at a position of x. Positions are computed
 * in double and in the order of tfjs-backend-cpu, so that the same pixels are read.
 *
 *   position = (a * (column - origin x) + b * (row - origin y) + c) / (projectionX * column + projectionY * row + 1)
 *
 * where a, b and c are two doubles, for x and y. `fill` is the pixel for positions outside the image.
 */
import {FillMode} from '../abi';
import {withinImage} from './fill_mode';
import {Bilinear, copyPixel, FRAME, Nearest, one, pair, sample, twoFloats} from './sample';

/** One image. */
// @ts-ignore: decorator
@inline
function project<Sample>(
  x: usize,
  y: usize,
  height: i32,
  width: i32,
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
  const pitch = <usize>width * pixelBytes;
  v128.store(FRAME, pair(width, height));
  v128.store(FRAME, f64x2.splat(0.5), 16);
  v128.store(FRAME, f64x2.splat(1), 32);
  v128.store(FRAME, f64x2.splat(2 ** 52), 48);
  v128.store(FRAME, a, 64);
  v128.store(FRAME, c, 96);
  v128.store(FRAME, f64x2.splat(originX), 112);
  v128.store(FRAME, f64x2.splat(projectionX), 128);
  store<i32>(FRAME, projectionX == 0 && projectionY == 0, 160);
  for (let row = 0; row < newHeight; row++) {
    v128.store(FRAME, f64x2.mul(b, f64x2.splat(<f64>row - originY)), 80);
    v128.store(FRAME, f64x2.splat(projectionY * <f64>row), 144);
    let column = f64x2.splat(0);
    const end = y + <usize>newWidth * pixelBytes;
    while (y < end) {
      let position = f64x2.mul(v128.load(FRAME, 64), f64x2.sub(column, v128.load(FRAME, 112)));
      position = f64x2.add(f64x2.add(position, v128.load(FRAME, 80)), v128.load(FRAME, 96));
      let isNowhere = false;
      if (load<i32>(FRAME, 160) == 0) {
        const terms = f64x2.add(f64x2.mul(v128.load(FRAME, 128), column), v128.load(FRAME, 144));
        const projection = f64x2.add(terms, one());
        isNowhere = f64x2.extract_lane(projection, 0) == 0;
        position = f64x2.div(position, projection);
      }
      if (isNowhere) copyPixel(fill, y, pixelBytes);
      else sample<Sample>(x, y, withinImage(position, v128.load(FRAME), mode), pitch, pixelBytes, fill);
      column = f64x2.add(column, one());
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
  const pixelBytes = (<usize>channels) << 2;
  while (batch > 0) {
    project<Sample>(
      x,
      y,
      height,
      width,
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
 * Images of height x width, both >= 1, to newHeight x newWidth; float32.
 *
 * @param transforms eight floats a0, b0, c0, a1, b1, c1, projectionX, projectionY for each image, `transformStep` bytes
 * apart; 0 for one transform of all images
 * @param mode a FillMode
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
  transform<Nearest>(x, y, batch, height, width, channels, newHeight, newWidth, transforms, transformStep, mode, fill);
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
  transform<Bilinear>(x, y, batch, height, width, channels, newHeight, newWidth, transforms, transformStep, mode, fill);
}

/** Images of height x width, elements of 4 bytes, rotated about a centre; each pixel is the nearest one. */
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
  const pixelBytes = (<usize>channels) << 2;
  const image = <usize>height * <usize>width * pixelBytes;
  while (batch > 0) {
    project<Nearest>(
      x,
      y,
      height,
      width,
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
      FillMode.constant,
      fill,
    );
    x += image;
    y += image;
    batch--;
  }
}
