/**
 * Grey-scale dilation of x, NHWC, by a filter, HWC, and its gradients: max pooling of x + filter. A window is clipped
 * at the edges of the image. `geometry` is a Geometry2DWords; paddings may be negative.
 */
import {Geometry2D} from '../conv/geometry';
import {fixedScratch} from '../memory';
import {promoteHigh, storePartial} from '../simd';

class Forward {}
class BackpropFilter {}
class BackpropInput {}

/** What tfjs starts from: JavaScript's smallest safe integer. Sums that are not greater do not count. */
const LOWEST: f64 = -9007199254740991;

/**
 * Along one axis, the taps of a window from `begin` on that lie in the image: the first, and the one after the last.
 */
// @ts-ignore: decorator
@inline
function firstTap(begin: i32, dilation: i32): i32 {
  return begin < 0 ? (dilation - 1 - begin) / dilation : 0;
}
// @ts-ignore: decorator
@inline
function endOfTaps(begin: i32, dilation: i32, filter: i32, size: i32): i32 {
  return begin < size ? min(filter, (size - 1 - begin) / dilation + 1) : 0;
}

/** The largest sums of one window, of `rows` by `cols` taps, for all channels. Pitches are in bytes. */
function largest(
  x: usize,
  w: usize,
  y: usize,
  rows: i32,
  cols: i32,
  xRow: usize,
  xCol: usize,
  wRow: usize,
  pixelPitch: usize,
): void {
  let channels = <i32>(pixelPitch >> 2);
  while (channels > 0) {
    let result = f32x4.splat(<f32>LOWEST);
    let xRowStart = x;
    let wRowStart = w;
    for (let i = rows; i > 0; i--) {
      let p = xRowStart;
      let q = wRowStart;
      let k = cols;
      while (k > 0) {
        // pmax in this order is `sum > result ? sum : result`, which ignores NaN.
        result = f32x4.pmax(result, f32x4.add(v128.load(p), v128.load(q)));
        p += xCol;
        q += pixelPitch;
        k--;
      }
      xRowStart += xRow;
      wRowStart += wRow;
    }
    if (channels >= 4) v128.store(y, result);
    else storePartial(y, result, channels);
    x += 16;
    w += 16;
    y += 16;
    channels -= 4;
  }
}

/**
 * Adds the gradients of one window, for all channels, to where its first largest sums come from.
 *
 * target  where the gradient of the first tap goes: a double in the sums of the filter's gradient, or a float in dx
 * none    where it goes if no sum is greater than LOWEST, in bytes of the filter, or of x, from the first tap
 *
 * Sums are compared in double: in float32 different ones may round to the same number.
 */
// @ts-ignore: decorator
@inline
function addToLargest<Op>(
  x: usize,
  w: usize,
  dy: usize,
  target: usize,
  none: i32,
  rows: i32,
  cols: i32,
  xRow: usize,
  xCol: usize,
  wRow: usize,
  pixelPitch: usize,
): void {
  const isFilter = idof<Op>() == idof<BackpropFilter>();
  const targetRow = isFilter ? wRow : xRow;
  const targetCol = isFilter ? pixelPitch : xCol;
  let channels = <i32>(pixelPitch >> 2);
  while (channels > 0) {
    let low = f64x2.splat(LOWEST);
    let high = low;
    let position = i32x4.splat(none);
    let xRowStart = x;
    let wRowStart = w;
    let row: usize = 0;
    for (let i = rows; i > 0; i--) {
      let p = xRowStart;
      let q = wRowStart;
      let at = row;
      let k = cols;
      while (k > 0) {
        const a = v128.load(p);
        const b = v128.load(q);
        const sumLow = f64x2.add(f64x2.promote_low_f32x4(a), f64x2.promote_low_f32x4(b));
        const sumHigh = f64x2.add(promoteHigh(a), promoteHigh(b));
        const found = v128.shuffle<i32>(f64x2.gt(sumLow, low), f64x2.gt(sumHigh, high), 0, 2, 4, 6);
        low = f64x2.pmax(low, sumLow);
        high = f64x2.pmax(high, sumHigh);
        position = v128.bitselect(i32x4.splat(<i32>at), position, found);
        p += xCol;
        q += pixelPitch;
        at += targetCol;
        k--;
      }
      xRowStart += xRow;
      wRowStart += wRow;
      row += targetRow;
    }
    v128.store(fixedScratch, position);
    const end = fixedScratch + ((<usize>min(4, channels)) << 2);
    for (let p = fixedScratch; p < end; p += 4) {
      if (isFilter) {
        const to = target + (load<u32>(p) << 1);
        store<f64>(to, load<f64>(to) + <f64>load<f32>(dy));
        target += 8;
      } else {
        const to = target + load<u32>(p);
        store<f32>(to, load<f32>(to) + load<f32>(dy));
        target += 4;
      }
      dy += 4;
    }
    x += 16;
    w += 16;
    channels -= 4;
  }
}

/**
 * y       the output, or its gradient
 * target  dx, or the sums of the filter's gradient, doubles
 */
function dilate<Op>(g: Geometry2D, x: usize, filter: usize, y: usize, target: usize): void {
  const pixelPitch = (<usize>g.inChannels) << 2;
  const rowPitch = <usize>g.inWidth * pixelPitch;
  const filterPitch = <usize>g.filterWidth * pixelPitch;
  const xRow = rowPitch * g.dilationHeight;
  const xCol = pixelPitch * g.dilationWidth;
  for (let image = g.batchSize; image > 0; image--) {
    for (let oy = 0; oy < g.outHeight; oy++) {
      const top = oy * g.strideHeight - g.padTop;
      const tapRow = firstTap(top, g.dilationHeight);
      const rows = max(0, endOfTaps(top, g.dilationHeight, g.filterHeight, g.inHeight) - tapRow);
      for (let ox = 0; ox < g.outWidth; ox++) {
        const left = ox * g.strideWidth - g.padLeft;
        const tapCol = firstTap(left, g.dilationWidth);
        const cols = max(0, endOfTaps(left, g.dilationWidth, g.filterWidth, g.inWidth) - tapCol);
        const xAt = <usize>top * rowPitch + <usize>left * pixelPitch + <usize>tapRow * xRow + <usize>tapCol * xCol;
        const wAt = <usize>tapRow * filterPitch + <usize>tapCol * pixelPitch;
        const p = x + xAt;
        const q = filter + wAt;
        if (idof<Op>() == idof<Forward>()) {
          largest(p, q, y, rows, cols, xRow, xCol, filterPitch, pixelPitch);
        } else if (idof<Op>() == idof<BackpropFilter>()) {
          // Without a largest sum, tfjs takes the filter's first tap.
          const none = -(<i32>wAt);
          addToLargest<Op>(p, q, y, target + (wAt << 1), none, rows, cols, xRow, xCol, filterPitch, pixelPitch);
        } else if (top < g.inHeight && left < g.inWidth) {
          // Without a largest sum, tfjs takes the upper left corner of the window, clipped to the image.
          const none = <i32>(<usize>max(0, top) * rowPitch + <usize>max(0, left) * pixelPitch - xAt);
          addToLargest<Op>(p, q, y, target + xAt, none, rows, cols, xRow, xCol, filterPitch, pixelPitch);
        }
        y += pixelPitch;
      }
    }
    x += <usize>g.inHeight * rowPitch;
    if (idof<Op>() == idof<BackpropInput>()) target += <usize>g.inHeight * rowPitch;
  }
}

/** y = the largest of x + filter in each window; NaN is ignored. A window without a largest sum gives LOWEST. */
export function dilation2d_f32(x: usize, filter: usize, y: usize, geometry: usize): void {
  const g = changetype<Geometry2D>(geometry);
  dilate<Forward>(g, x, filter, y, 0);
}

/**
 * dw = the gradient of dilation2d_f32 with respect to the filter: that of a window goes to the tap of its first largest
 * sum.
 *
 * scratch  dilation2d_backprop_filter_f32_scratch_bytes() bytes
 */
export function dilation2d_backprop_filter_f32(
  x: usize,
  filter: usize,
  dy: usize,
  dw: usize,
  geometry: usize,
  scratch: usize,
): void {
  const g = changetype<Geometry2D>(geometry);
  const size = g.filterHeight * g.filterWidth * g.inChannels;
  memory.fill(scratch, 0, (<usize>size) << 3);
  dilate<BackpropFilter>(g, x, filter, dy, scratch);
  for (let i = 0; i < size; i++) {
    const at = (<usize>i) << 2;
    store<f32>(dw + at, <f32>load<f64>(scratch + (at << 1)));
  }
}

/** The scratch that dilation2d_backprop_filter_f32 needs, in bytes: a double for each element of dw. */
export function dilation2d_backprop_filter_f32_scratch_bytes(geometry: usize): f64 {
  return 8 * <f64>changetype<Geometry2D>(geometry).patchSize();
}

/** dx = the gradient with respect to x: that of a window goes to the element of its first largest sum. */
export function dilation2d_backprop_input_f32(x: usize, filter: usize, dy: usize, dx: usize, geometry: usize): void {
  const g = changetype<Geometry2D>(geometry);
  memory.fill(dx, 0, (<usize>(g.batchSize * g.inHeight) * <usize>(g.inWidth * g.inChannels)) << 2);
  dilate<BackpropInput>(g, x, filter, dy, dx);
}
