/**
 * Registers the backend 'mnist-wasm' with every kernel that tfjs-backend-cpu has: native where there is a WebAssembly
 * function, and tfjs-backend-cpu's own implementation for the rest.
 *
 * @module mnist-wasm
 */

import {cpuKernels} from '../build/generated/cpuKernels.js';
import {nativeKernels} from '../build/generated/nativeKernels.js';
import {cpuFallback} from './backend/kernels/shared/fallback.js';
import {defineFallbackKernel} from './backend/kernels/shared/kernel.js';
import type {RegisterOptions} from './backend/options.js';
import {registerKernels} from './backend/register.js';

export * from './api.js';

const native = new Set(nativeKernels.map(({kernelName}) => kernelName));
const fallback = cpuFallback(cpuKernels);
const kernels = [
  ...nativeKernels,
  ...fallback.names.filter((kernelName) => !native.has(kernelName)).map(defineFallbackKernel),
];

/** Registers again with other options; they hold from the backend's next initialisation on. */
export function register(options?: RegisterOptions): void {
  registerKernels(kernels, options, fallback);
}

register();
