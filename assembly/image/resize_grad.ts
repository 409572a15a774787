/**
 * The gradients of the functions of resize.ts with respect to their input: dx is NHWC of height x width pixels, dy of
 * newHeight x newWidth, float32, sizes >= 1.
 */
import {fma} from '../simd';
import {NEAREST, NEIGHBOURS, nearestTable, neighbourTable} from './axis';

/** y += x * weight, over `bytes` bytes of floats. */
// @ts-ignore: decorator
@inline
function addScaled(x: usize, y: usize, weight: f32, bytes: usize): void {
  if (bytes == 4) {
    store<f32>(y, load<f32>(y) + load<f32>(x) * weight);
    return;
  }
  const end = y + bytes;
  const vectors = y + (bytes & ~15);
  const w = f32x4.splat(weight);
  while (y < vectors) {
    v128.store(y, fma(v128.load(x), w, v128.load(y)));
    x += 16;
    y += 16;
  }
  while (y < end) {
    store<f32>(y, load<f32>(y) + load<f32>(x) * weight);
    x += 4;
    y += 4;
  }
}

function addScaledRow(x: usize, y: usize, weight: f32, bytes: usize): void {
  addScaled(x, y, weight, bytes);
}

export function resize_nearest_grad_f32_scratch_bytes(newHeight: i32, newWidth: i32): f64 {
  return (<f64>newHeight + <f64>newWidth) * <f64>NEAREST;
}

/** Each pixel of dy is added to the one that it was copied from. */
export function resize_nearest_grad_f32(
  dy: usize,
  dx: usize,
  batch: i32,
  height: i32,
  width: i32,
  newHeight: i32,
  newWidth: i32,
  channels: i32,
  alignCorners: bool,
  halfPixelCenters: bool,
  scratch: usize,
): void {
  const pixelBytes = (<usize>channels) << 2;
  const pitch = <usize>width * pixelBytes;
  const image = <usize>height * pitch;
  const colTable = scratch + <usize>newHeight * NEAREST;
  const colEnd = colTable + <usize>newWidth * NEAREST;
  nearestTable(scratch, height, newHeight, pitch, alignCorners, halfPixelCenters);
  nearestTable(colTable, width, newWidth, pixelBytes, alignCorners, halfPixelCenters);
  memory.fill(dx, 0, <usize>batch * image);
  while (batch > 0) {
    for (let row = scratch; row < colTable; row += NEAREST) {
      const to = dx + <usize>load<u32>(row);
      for (let col = colTable; col < colEnd; col += NEAREST) {
        addScaled(dy, to + <usize>load<u32>(col), 1, pixelBytes);
        dy += pixelBytes;
      }
    }
    dx += image;
    batch--;
  }
}

export function resize_bilinear_grad_f32_scratch_bytes(newHeight: i32, newWidth: i32, width: i32, channels: i32): f64 {
  return (<f64>newHeight + <f64>newWidth) * <f64>NEIGHBOURS + 4 * <f64>width * <f64>channels;
}

/**
 * Each pixel of dy is added to the four that it was interpolated from, with their weights: first along the row, into a
 * row in scratch, which is then added to two rows of dx.
 */
export function resize_bilinear_grad_f32(
  dy: usize,
  dx: usize,
  batch: i32,
  height: i32,
  width: i32,
  newHeight: i32,
  newWidth: i32,
  channels: i32,
  alignCorners: bool,
  halfPixelCenters: bool,
  scratch: usize,
): void {
  const pixelBytes = (<usize>channels) << 2;
  const pitch = <usize>width * pixelBytes;
  const image = <usize>height * pitch;
  const colTable = scratch + <usize>newHeight * NEIGHBOURS;
  const spread = colTable + <usize>newWidth * NEIGHBOURS;
  neighbourTable(scratch, height, newHeight, pitch, alignCorners, halfPixelCenters);
  neighbourTable(colTable, width, newWidth, pixelBytes, alignCorners, halfPixelCenters);
  memory.fill(dx, 0, <usize>batch * image);
  while (batch > 0) {
    for (let row = scratch; row < colTable; row += NEIGHBOURS) {
      memory.fill(spread, 0, pitch);
      for (let col = colTable; col < spread; col += NEIGHBOURS) {
        const weight = load<f32>(col, 8);
        addScaled(dy, spread + <usize>load<u32>(col), 1 - weight, pixelBytes);
        addScaled(dy, spread + <usize>load<u32>(col, 4), weight, pixelBytes);
        dy += pixelBytes;
      }
      const weight = load<f32>(row, 8);
      addScaledRow(spread, dx + <usize>load<u32>(row), 1 - weight, pitch);
      addScaledRow(spread, dx + <usize>load<u32>(row, 4), weight, pitch);
    }
    dx += image;
    batch--;
  }
}
