/**
 * Registers the backend 'mnist-wasm' with every kernel that tfjs-backend-cpu has: native where there is a WebAssembly
 * function, and tfjs-backend-cpu's own implementation for the rest.
 */
import {nativeKernels} from './kernels';
import {fallbackConfigs} from './kernels/fallbackKernels';
import {cpuFallback} from './kernels/shared/fallback';
import {defineFallbackKernel} from './kernels/shared/kernel';
import {type RegisterOptions, registerKernels} from './register';

export {MnistWasmBackend, type MnistWasmMemory} from './backend';
export {OutOfMemoryError} from './heap';
export type {FeatureLevel} from './module/features';
export {BACKEND_NAME} from './name';
export {featureLevel, type RegisterOptions} from './register';

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
