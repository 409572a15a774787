/**
 * The geometry of a 3D convolution or pooling, NDHWC, as TypeScript writes it to PARAMS (src/backend/kernels/shared/conv3d.ts):
 * 21 int32 in the order of the functions below. Paddings are negative where tfjs begins inside of the volume, as it
 * does with the padding 'same' and strides larger than the filter.
 */
import {param} from '../conv/geometry';

// @ts-ignore: decorator
@inline
export function batchSize(): i32 { return param(0); }
// @ts-ignore: decorator
@inline
export function inDepth(): i32 { return param(1); }
// @ts-ignore: decorator
@inline
export function inHeight(): i32 { return param(2); }
// @ts-ignore: decorator
@inline
export function inWidth(): i32 { return param(3); }
// @ts-ignore: decorator
@inline
export function inChannels(): i32 { return param(4); }
// @ts-ignore: decorator
@inline
export function outDepth(): i32 { return param(5); }
// @ts-ignore: decorator
@inline
export function outHeight(): i32 { return param(6); }
// @ts-ignore: decorator
@inline
export function outWidth(): i32 { return param(7); }
// @ts-ignore: decorator
@inline
export function outChannels(): i32 { return param(8); }
// @ts-ignore: decorator
@inline
export function filterDepth(): i32 { return param(9); }
// @ts-ignore: decorator
@inline
export function filterHeight(): i32 { return param(10); }
// @ts-ignore: decorator
@inline
export function filterWidth(): i32 { return param(11); }
// @ts-ignore: decorator
@inline
export function strideDepth(): i32 { return param(12); }
// @ts-ignore: decorator
@inline
export function strideHeight(): i32 { return param(13); }
// @ts-ignore: decorator
@inline
export function strideWidth(): i32 { return param(14); }
// @ts-ignore: decorator
@inline
export function dilationDepth(): i32 { return param(15); }
// @ts-ignore: decorator
@inline
export function dilationHeight(): i32 { return param(16); }
// @ts-ignore: decorator
@inline
export function dilationWidth(): i32 { return param(17); }
// @ts-ignore: decorator
@inline
export function padFront(): i32 { return param(18); }
// @ts-ignore: decorator
@inline
export function padTop(): i32 { return param(19); }
// @ts-ignore: decorator
@inline
export function padLeft(): i32 { return param(20); }

/** Pixels of the output, all volumes together. */
export function outPixels(): i32 {
  return batchSize() * outDepth() * outHeight() * outWidth();
}

/** Floats that one output pixel reads: K of the product. */
export function patchSize(): i32 {
  return filterDepth() * filterHeight() * filterWidth() * inChannels();
}

/** Bytes from one row, plane and volume of the input to the next. */
export function inRowBytes(): usize {
  return <usize>(inWidth() * inChannels()) << 2;
}
export function inPlaneBytes(): usize {
  return <usize>inHeight() * inRowBytes();
}
export function inVolumeBytes(): usize {
  return <usize>inDepth() * inPlaneBytes();
}
