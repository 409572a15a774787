import {
  ResizeBilinearGrad as NAME,
  type ResizeBilinearGradAttrs,
  type ResizeBilinearGradInputs,
  util,
} from '@tensorflow/tfjs-core';
import {defineKernel} from './shared/kernel.js';
import {resizeGradShapes} from './shared/resize.js';

/**
 * The gradient of ResizeBilinear by its images, float32. Of the shape of the images, where the CPU backend swaps height
 * and width; half pixel centers do not count, as there.
 */
export const resizeBilinearGrad = defineKernel<ResizeBilinearGradInputs, ResizeBilinearGradAttrs>(NAME, (call) => {
  const {inputs, attrs, backend} = call;
  const {images, dy} = inputs;
  if (images.dtype !== 'float32' || dy.dtype !== 'float32') return undefined;
  const [shape, [newHeight, newWidth]] = resizeGradShapes(NAME, images, dy);
  const [batch, height, width, channels] = shape;
  const dx = backend.allocate(shape, 'float32');
  if (util.sizeFromShape(shape) === 0) return dx;
  const {wasm} = backend;
  backend.withScratch(wasm.resize_bilinear_grad_f32_scratch_bytes(newHeight, newWidth, width, channels), (scratch) =>
    wasm.resize_bilinear_grad_f32(
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
});
