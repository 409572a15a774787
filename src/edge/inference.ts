/** The entry 'mnist-wasm/inference' where a runtime compiles no bytes. */
import {inferenceKernels} from '../../build/generated/inferenceKernels.js';
import {kernelsForInference} from '../backend/module/imported-inference.js';
import type {RegisterOptions} from '../backend/options.js';
import {registerEntry} from '../backend/register.js';

export * from '../api.js';

export function register(options?: RegisterOptions): void {
  registerEntry({kernels: inferenceKernels, source: kernelsForInference}, options);
}
