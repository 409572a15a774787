import {
  ResizeNearestNeighborGrad as NAME,
  type ResizeNearestNeighborGradAttrs,
  type ResizeNearestNeighborGradInputs,
} from '@tensorflow/tfjs-core';
import {defineKernel} from './shared/kernel.js';
import {resizeGrad} from './shared/resize.js';

/**
 * The gradient of ResizeNearestNeighbor with respect to its images, float32; it takes half pixel centers into account,
 * which tfjs-backend-cpu leaves out.
 */
export const resizeNearestNeighborGrad = defineKernel<ResizeNearestNeighborGradInputs, ResizeNearestNeighborGradAttrs>(
  NAME,
  ({inputs, attrs, tensors}) => {
    const {resize_nearest_grad_f32_scratch_bytes: scratchBytes, resize_nearest_grad_f32: run} = tensors.wasm;
    return resizeGrad(tensors, NAME, inputs, attrs, scratchBytes, run);
  },
);
