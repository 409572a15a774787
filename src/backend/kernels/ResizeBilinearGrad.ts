import {
  ResizeBilinearGrad as NAME,
  type ResizeBilinearGradAttrs,
  type ResizeBilinearGradInputs,
} from '@tensorflow/tfjs-core';
import {defineKernel} from './shared/kernel.js';
import {resizeGrad} from './shared/resize.js';

/**
 * The gradient of ResizeBilinear with respect to its images, float32. It has the shape of the images, where
 * tfjs-backend-cpu swaps height and width, and takes half pixel centers into account, which that leaves out.
 */
export const resizeBilinearGrad = defineKernel<ResizeBilinearGradInputs, ResizeBilinearGradAttrs>(
  NAME,
  ({inputs, attrs, tensors}) => {
    const {resize_bilinear_grad_f32_scratch_bytes: scratchBytes, resize_bilinear_grad_f32: run} = tensors.wasm;
    return resizeGrad(tensors, NAME, inputs, attrs, scratchBytes, run);
  },
);
