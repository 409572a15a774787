/** The entry 'mnist-wasm/native' where a runtime compiles no bytes. */
import {nativeKernels} from '../../build/generated/nativeKernels.js';
import {recordStepsOn} from '../backend/capture/captured-steps.js';
import {registerGradients} from '../backend/gradients/register.js';
import {allKernels} from '../backend/module/imported.js';
import type {RegisterOptions} from '../backend/options.js';
import {registerEntry} from '../backend/register.js';

export * from '../api.js';

export function register(options?: RegisterOptions): void {
  registerEntry({kernels: nativeKernels, source: allKernels, registerGradients, recordStepsOn}, options);
}
