/** The entry 'mnist-wasm' where a runtime compiles no bytes. */
import {registerAll} from '../all.js';
import {allKernels} from '../backend/module/imported.js';
import type {RegisterOptions} from '../backend/options.js';

export * from '../api.js';

export function register(options?: RegisterOptions): void {
  registerAll(allKernels, options);
}

register();
