/**
 * Registers the backend 'mnist-wasm' with every kernel that tfjs-backend-cpu has: native where there is a WebAssembly
 * function, and tfjs-backend-cpu's own implementation for the rest.
 */

import {fallbackConfigs} from './kernels/fallbackKernels.js';
import {nativeKernels} from './kernels/index.js';
import {cpuFallback} from './kernels/shared/fallback.js';
import {defineFallbackKernel} from './kernels/shared/kernel.js';
import {type RegisterOptions, registerKernels} from './register.js';

export {MnistWasmBackend, type MnistWasmMemory} from './backend.js';
export {OutOfMemoryError} from './heap.js';
export type {FeatureLevel} from './module/features.js';
export {BACKEND_NAME} from './name.js';
export {featureLevel, type RegisterOptions} from './register.js';

const native = new Set(nativeKernels.map(({kernelName}) => kernelName));
const fallback = cpuFallback(fallbackConfigs);
const kernels = [
  ...nativeKernels,
  ...fallback.names.filter((kernelName) => !native.has(kernelName)).map(defineFallbackKernel),
];

/** Registers again with other options; they hold from the backend's next initialisation on. */
export function register(options?: RegisterOptions): void {
  registerKernels(kernels, options, fallback);
}

register();
