/** The gradient of 3D max pooling, NDHWC, with dilations of 1. */
import {Geometry3D} from '../conv3d/geometry';
import {fixedScratch} from '../memory';

/**
 * For four channels, the distance in bytes from x, the first pixel of a window, to the last of the pixels that have its
 * largest value; -1 where the window has only NaN, or no pixel.
 */
// @ts-ignore: decorator
@inline
function lastLargest(g: Geometry3D, x: usize, planes: i32, rows: i32, cols: i32, pixelPitch: usize): v128 {
  const planePitch = g.inPlaneBytes();
  const rowPitch = g.inRowBytes();
  let largest = f32x4.splat(-Infinity);
  let position = i32x4.splat(-1);
  for (let f = 0; f < planes; f++) {
    for (let r = 0; r < rows; r++) {
      let at = <usize>f * planePitch + <usize>r * rowPitch;
      for (let k = cols; k > 0; k--) {
        const value = v128.load(x + at);
        position = v128.bitselect(i32x4.splat(<i32>at), position, f32x4.ge(value, largest));
        largest = f32x4.pmax(largest, value);
        at += pixelPitch;
      }
    }
  }
  return position;
}

/** Adds the gradients of one window, for all channels, to the last of its largest pixels. */
function addToLargest(g: Geometry3D, x: usize, dy: usize, dx: usize, planes: i32, rows: i32, cols: i32): void {
  const pixelPitch = (<usize>g.inChannels) << 2;
  for (let channels = g.inChannels; channels > 0; channels -= 4) {
    v128.store(fixedScratch, lastLargest(g, x, planes, rows, cols, pixelPitch));
    const end = fixedScratch + ((<usize>min(4, channels)) << 2);
    for (let p = fixedScratch; p < end; p += 4) {
      const at = load<u32>(p);
      if (at != u32.MAX_VALUE) {
        const to = dx + <usize>at;
        store<f32>(to, load<f32>(to) + load<f32>(dy));
      }
      dx += 4;
      dy += 4;
    }
    x += 16;
  }
}

/**
 * dx = the gradient of 3D max pooling with respect to x: that of a window goes to the last of its largest elements, as
 * on tfjs-backend-cpu; NaN is never the largest.
 *
 * geometry  a Geometry3DWords; paddings may be negative
 */
export function max_pool_3d_grad_f32(x: usize, dy: usize, dx: usize, geometry: usize): void {
  const g = changetype<Geometry3D>(geometry);
  const pixelPitch = (<usize>g.inChannels) << 2;
  memory.fill(dx, 0, <usize>g.batchSize * g.inVolumeBytes());
  for (let volume = g.batchSize; volume > 0; volume--) {
    for (let oz = 0; oz < g.outDepth; oz++) {
      const front = oz * g.strideDepth - g.padFront;
      const z = max(0, front);
      const planes = min(g.inDepth, front + g.filterDepth) - z;
      for (let oy = 0; oy < g.outHeight; oy++) {
        const top = oy * g.strideHeight - g.padTop;
        const y = max(0, top);
        const rows = min(g.inHeight, top + g.filterHeight) - y;
        const row = <usize>z * g.inPlaneBytes() + <usize>y * g.inRowBytes();
        for (let ox = 0; ox < g.outWidth; ox++) {
          const left = ox * g.strideWidth - g.padLeft;
          const c = max(0, left);
          const at = row + <usize>c * pixelPitch;
          addToLargest(g, x + at, dy, dx + at, planes, rows, min(g.inWidth, left + g.filterWidth) - c);
          dy += pixelPitch;
        }
      }
    }
    x += g.inVolumeBytes();
    dx += g.inVolumeBytes();
  }
}
