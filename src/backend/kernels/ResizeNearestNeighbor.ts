import {
  ResizeNearestNeighbor as NAME,
  type ResizeNearestNeighborAttrs,
  type ResizeNearestNeighborInputs,
  util,
} from '@tensorflow/tfjs-core';
import {elementBytes} from '../dtypes.js';
import {defineKernel} from './shared/kernel.js';
import {resizedShape} from './shared/resize.js';

/** NHWC images resized, each pixel the nearest one; float32, int32, bool. */
export const resizeNearestNeighbor = defineKernel<ResizeNearestNeighborInputs, ResizeNearestNeighborAttrs>(
  NAME,
  ({inputs: {images}, attrs, tensors}) => {
    const bytes = elementBytes(images.dtype);
    if (!bytes) return undefined;
    const {alignCorners, halfPixelCenters, size} = attrs;
    const shape = resizedShape(NAME, images, size);
    const y = tensors.allocate(shape, images.dtype);
    if (util.sizeFromShape(shape) === 0) return y;
    const [batch, newHeight, newWidth, channels] = shape;
    const [, height, width] = images.shape;
    const {wasm} = tensors;
    tensors.withScratch(wasm.resize_nearest_scratch_bytes(newHeight, newWidth), (scratch) =>
      wasm.resize_nearest(
        tensors.offset(images),
        tensors.offset(y),
        batch,
        height,
        width,
        newHeight,
        newWidth,
        channels * bytes,
        alignCorners,
        halfPixelCenters,
        scratch,
      ),
    );
    return y;
  },
);
