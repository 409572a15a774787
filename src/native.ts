/**
 * The backend without tfjs-backend-cpu's kernels, for small bundles, and without a side effect: call register().
 * Kernels that have no WebAssembly function are missing, and dtypes that have none are errors.
 */
import {nativeKernels} from './kernels';
import {type RegisterOptions, registerKernels} from './register';

export {MnistWasmBackend, type MnistWasmMemory} from './backend';
export {OutOfMemoryError} from './heap';
export type {FeatureLevel} from './module/features';
export {BACKEND_NAME} from './name';
export {featureLevel, type RegisterOptions} from './register';

/** Registers the backend 'mnist-wasm' and its native kernels with tfjs-core. */
export function register(options?: RegisterOptions): void {
  registerKernels(nativeKernels, options);
}
