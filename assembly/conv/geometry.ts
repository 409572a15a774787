/**
 * The geometry of a 2D convolution, NHWC, as TypeScript writes it to PARAMS (src/backend/kernels/shared/conv2d.ts): sixteen
 * int32 in the order of the functions below. All sizes are >= 1, paddings >= 0.
 */
import {PARAMS} from '../memory';
import {CONV_GROUP_PIXELS, WINOGRAD_MIN_CHANNELS, WINOGRAD_MIN_TILES} from '../tuning';

// @ts-ignore: decorator
@inline
export function param(index: i32): i32 {
  return load<i32>(PARAMS + (<usize>index << 2));
}

// @ts-ignore: decorator
@inline
export function batchSize(): i32 { return param(0); }
// @ts-ignore: decorator
@inline
export function inHeight(): i32 { return param(1); }
// @ts-ignore: decorator
@inline
export function inWidth(): i32 { return param(2); }
// @ts-ignore: decorator
@inline
export function inChannels(): i32 { return param(3); }
// @ts-ignore: decorator
@inline
export function outHeight(): i32 { return param(4); }
// @ts-ignore: decorator
@inline
export function outWidth(): i32 { return param(5); }
// @ts-ignore: decorator
@inline
export function outChannels(): i32 { return param(6); }
// @ts-ignore: decorator
@inline
export function filterHeight(): i32 { return param(7); }
// @ts-ignore: decorator
@inline
export function filterWidth(): i32 { return param(8); }
// @ts-ignore: decorator
@inline
export function strideHeight(): i32 { return param(9); }
// @ts-ignore: decorator
@inline
export function strideWidth(): i32 { return param(10); }
// @ts-ignore: decorator
@inline
export function dilationHeight(): i32 { return param(11); }
// @ts-ignore: decorator
@inline
export function dilationWidth(): i32 { return param(12); }
// @ts-ignore: decorator
@inline
export function padTop(): i32 { return param(13); }
// @ts-ignore: decorator
@inline
export function padLeft(): i32 { return param(14); }
/** Whether minimal filtering, which rounds more coarsely, may be used: 0 or 1. */
// @ts-ignore: decorator
@inline
export function mayUseWinograd(): i32 { return param(15); }

/** Writes the geometry over: a gradient that is a convolution of another shape. */
export function setGeometry(
  batch: i32, inH: i32, inW: i32, inC: i32, outH: i32, outW: i32, outC: i32, top: i32, left: i32,
): void {
  store<i32>(PARAMS, batch);
  store<i32>(PARAMS, inH, 4);
  store<i32>(PARAMS, inW, 8);
  store<i32>(PARAMS, inC, 12);
  store<i32>(PARAMS, outH, 16);
  store<i32>(PARAMS, outW, 20);
  store<i32>(PARAMS, outC, 24);
  store<i32>(PARAMS, top, 52);
  store<i32>(PARAMS, left, 56);
}

export function setFilterAndStride(height: i32, width: i32, strideHeight: i32, strideWidth: i32): void {
  store<i32>(PARAMS, height, 28);
  store<i32>(PARAMS, width, 32);
  store<i32>(PARAMS, strideHeight, 36);
  store<i32>(PARAMS, strideWidth, 40);
}

/** Pixels of one image of the output. */
export function outPixels(): i32 {
  return outHeight() * outWidth();
}

/** Images that are worked on together, so that few of the last tile's rows are wasted on small ones. */
export function groupSize(): i32 {
  return min(batchSize(), max(1, CONV_GROUP_PIXELS / outPixels()));
}

/** Floats that one output pixel reads: K of the product. */
export function patchSize(): i32 {
  return filterHeight() * filterWidth() * inChannels();
}

/** Rows and columns of an image that the output reads, padding included. */
export function paddedHeight(): i32 {
  return (outHeight() - 1) * strideHeight() + (filterHeight() - 1) * dilationHeight() + 1;
}
export function paddedWidth(): i32 {
  return (outWidth() - 1) * strideWidth() + (filterWidth() - 1) * dilationWidth() + 1;
}

/** Whether the output reads beyond the image. */
export function needsPadding(): bool {
  return padTop() > 0 || padLeft() > 0 || paddedHeight() > inHeight() || paddedWidth() > inWidth();
}

/** Bytes from one row to the next, and from one image to the next, where the output's reads go: padded if need be. */
export function sourceRowBytes(): usize {
  return <usize>((needsPadding() ? paddedWidth() : inWidth()) * inChannels()) << 2;
}
export function sourceImageBytes(): usize {
  return <usize>(needsPadding() ? paddedHeight() : inHeight()) * sourceRowBytes();
}

/** A filter of 1x1 that reads every pixel once, and all of them: the convolution is a plain product. */
export function isPointwise(): bool {
  if (filterHeight() != 1 || filterWidth() != 1 || needsPadding()) return false;
  return inHeight() == outHeight() && inWidth() == outWidth();
}

/** One channel and neighbouring pixels: the pixels of a row lie one float apart, and no patches are needed. */
export function isSingleChannel(): bool {
  return inChannels() == 1 && strideWidth() == 1;
}

/** Pixels of the output that a tile of minimal filtering covers in each direction: 6 points less the filter's taps. */
export function winogradTile(): i32 {
  return 7 - filterHeight();
}

/** Whether minimal filtering computes the convolution: filters of 3x3 and 5x5 that move by single pixels. */
export function isWinograd(): bool {
  if (!mayUseWinograd() || filterHeight() != filterWidth()) return false;
  if (filterHeight() != 3 && filterHeight() != 5) return false;
  if (strideHeight() != 1 || strideWidth() != 1 || dilationHeight() != 1 || dilationWidth() != 1) return false;
  if (inChannels() < WINOGRAD_MIN_CHANNELS || outChannels() < WINOGRAD_MIN_CHANNELS) return false;
  const size = winogradTile();
  return batchSize() * ((outHeight() + size - 1) / size) * ((outWidth() + size - 1) / size) >= WINOGRAD_MIN_TILES;
}
