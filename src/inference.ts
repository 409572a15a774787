/**
 * The backend for predictions: without gradients, without kernels and WebAssembly functions that only training calls, and
 * without a side effect: call register().
 *
 * @module inference
 */
import {inferenceKernels} from '../build/generated/inferenceKernels.js';
import {kernelsForInference} from './backend/module/inlined-inference.js';
import type {RegisterOptions} from './backend/options.js';
import {registerEntry} from './backend/register.js';

export * from './api.js';

/**
 * Registers the backend 'mnist-wasm' with the kernels that models call in inference. Where 'mnist-wasm' or
 * 'mnist-wasm/native' is imported too, in any order, the backend has all kernels.
 */
export function register(options?: RegisterOptions): void {
  registerEntry({kernels: inferenceKernels, source: kernelsForInference}, options);
}
