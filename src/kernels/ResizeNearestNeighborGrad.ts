import {
  ResizeNearestNeighborGrad as NAME,
  type ResizeNearestNeighborGradAttrs,
  type ResizeNearestNeighborGradInputs,
  util,
} from '@tensorflow/tfjs-core';
import {defineKernel} from './shared/kernel.js';
import {resizeGradShapes} from './shared/resize.js';

/** The gradient of ResizeNearestNeighbor by its images, float32; half pixel centers do not count, as in all of tfjs. */
export const resizeNearestNeighborGrad = defineKernel<ResizeNearestNeighborGradInputs, ResizeNearestNeighborGradAttrs>(
  NAME,
  (call) => {
    const {inputs, attrs, backend} = call;
    const {images, dy} = inputs;
    if (images.dtype !== 'float32' || dy.dtype !== 'float32') return undefined;
    const [shape, [newHeight, newWidth]] = resizeGradShapes(NAME, images, dy);
    const [batch, height, width, channels] = shape;
    const dx = backend.allocate(shape, 'float32');
    if (util.sizeFromShape(shape) === 0) return dx;
    const {wasm} = backend;
    backend.withScratch(wasm.resize_nearest_grad_f32_scratch_bytes(newHeight, newWidth), (scratch) =>
      wasm.resize_nearest_grad_f32(
        backend.offset(dy),
        backend.offset(dx),
        batch,
        height,
        width,
        newHeight,
        newWidth,
        channels,
        attrs.alignCorners,
        scratch,
      ),
    );
    return dx;
  },
);
