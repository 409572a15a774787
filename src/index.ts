/**
 * Registers the backend 'mnist-wasm' with every kernel that tfjs-backend-cpu has: native where there is a WebAssembly
 * function, and tfjs-backend-cpu's own implementation for the rest.
 *
 * @module mnist-wasm
 */
import {registerAll} from './all.js';
import {allKernels} from './backend/module/inlined.js';
import type {RegisterOptions} from './backend/options.js';

export * from './api.js';

/** Registers again with other options; they hold from the backend's next initialisation on. */
export function register(options?: RegisterOptions): void {
  registerAll(allKernels, options);
}

register();
