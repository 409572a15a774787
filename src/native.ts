/**
 * The backend without tfjs-backend-cpu's kernels, for small bundles, and without a side effect: call register().
 * Kernels that have no WebAssembly function are missing, and dtypes that have none are errors.
 *
 * @module native
 */
import {nativeKernels} from '../build/generated/nativeKernels.js';
import {recordStepsOn} from './backend/capture/captured-steps.js';
import {registerGradients} from './backend/gradients/register.js';
import {allKernels} from './backend/module/inlined.js';
import type {RegisterOptions} from './backend/options.js';
import {registerEntry} from './backend/register.js';

export * from './api.js';

/** Registers the backend 'mnist-wasm' and its native kernels with tfjs-core. */
export function register(options?: RegisterOptions): void {
  registerEntry({kernels: nativeKernels, source: allKernels, registerGradients, recordStepsOn}, options);
}
