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
    const [alignCorners, halfPixelCenters] = [Boolean(attrs.alignCorners), Boolean(attrs.halfPixelCenters)];
    const shape = resizedShape(NAME, images, attrs.size);
    const bytes = elementBytes(images.dtype);
    tensors.checkRoom(shape, bytes || 4);
    if (!bytes) return undefined;
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
