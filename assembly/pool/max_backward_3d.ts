/** The gradient of 3D max pooling, NDHWC, over the geometry in PARAMS (see conv3d/geometry.ts; dilations are 1). */
import {
  batchSize, filterDepth, filterHeight, filterWidth, inChannels, inDepth, inHeight, inPlaneBytes, inRowBytes,
  inVolumeBytes, inWidth, outDepth, outHeight, outWidth, padFront, padLeft, padTop, strideDepth, strideHeight,
  strideWidth,
} from '../conv3d/geometry';
import {TILE} from '../memory';

/**
 * For four channels the distance in bytes from x, the first pixel of a window, to the last of the pixels that have its
 * largest value; -1 where the window has nothing but NaN, or nothing.
 */
// @ts-ignore: decorator
@inline
function lastLargest(x: usize, planes: i32, rows: i32, cols: i32, pixelPitch: usize): v128 {
  const planePitch = inPlaneBytes();
  const rowPitch = inRowBytes();
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
function addToLargest(x: usize, dy: usize, dx: usize, planes: i32, rows: i32, cols: i32): void {
  const pixelPitch = <usize>inChannels() << 2;
  for (let channels = inChannels(); channels > 0; channels -= 4) {
    v128.store(TILE, lastLargest(x, planes, rows, cols, pixelPitch));
    const end = TILE + (<usize>min(4, channels) << 2);
    for (let p = TILE; p < end; p += 4) {
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
 * dx = the gradient of 3D max pooling at x: that of a window goes to the last of its largest elements, as on
 * tfjs-backend-cpu; NaN is never the largest.
 */
export function max_pool_3d_grad_f32(x: usize, dy: usize, dx: usize): void {
  const pixelPitch = <usize>inChannels() << 2;
  memory.fill(dx, 0, <usize>batchSize() * inVolumeBytes());
  for (let volume = batchSize(); volume > 0; volume--) {
    for (let oz = 0; oz < outDepth(); oz++) {
      const front = oz * strideDepth() - padFront();
      const z = max(0, front);
      const planes = min(inDepth(), front + filterDepth()) - z;
      for (let oy = 0; oy < outHeight(); oy++) {
        const top = oy * strideHeight() - padTop();
        const y = max(0, top);
        const rows = min(inHeight(), top + filterHeight()) - y;
        const row = <usize>z * inPlaneBytes() + <usize>y * inRowBytes();
        for (let ox = 0; ox < outWidth(); ox++) {
          const left = ox * strideWidth() - padLeft();
          const c = max(0, left);
          const at = row + <usize>c * pixelPitch;
          addToLargest(x + at, dy, dx + at, planes, rows, min(inWidth(), left + filterWidth()) - c);
          dy += pixelPitch;
        }
      }
    }
    x += inVolumeBytes();
    dx += inVolumeBytes();
  }
}
