/** What the entry 'mnist-wasm' registers, wherever its WebAssembly comes from. */
import {cpuKernels} from '../build/generated/cpuKernels.js';
import {nativeKernels} from '../build/generated/nativeKernels.js';
import {recordStepsOn} from './backend/capture/captured-steps.js';
import {registerGradients} from './backend/gradients/register.js';
import {cpuFallback} from './backend/kernels/shared/fallback.js';
import {defineFallbackKernel} from './backend/kernels/shared/kernel.js';
import type {KernelSource} from './backend/module/source.js';
import type {RegisterOptions} from './backend/options.js';
import {registerEntry} from './backend/register.js';

const native = new Set(nativeKernels.map(({kernelName}) => kernelName));
const fallback = cpuFallback(cpuKernels);
const kernels = [
  ...nativeKernels,
  ...fallback.names.filter((kernelName) => !native.has(kernelName)).map(defineFallbackKernel),
];

export function registerAll(source: KernelSource, options?: RegisterOptions): void {
  registerEntry({kernels, source, registerGradients, recordStepsOn, fallback}, options);
}
