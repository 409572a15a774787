import {findBackendFactory, type KernelConfig, registerBackend, registerKernel} from '@tensorflow/tfjs-core';
import {MnistWasmBackend} from './backend.js';
import {registerGradients} from './gradients/register.js';
import type {FallbackKernels} from './kernels/shared/fallback.js';
import {checkFeatureLevel, detectFeatureLevel, type FeatureLevel} from './module/features.js';
import {compileKernels} from './module/load.js';
import {BACKEND_NAME} from './name.js';

export interface RegisterOptions {
  /** The feature level; by default MNIST_WASM_FEATURES, or else the best that the engine has. */
  features?: FeatureLevel;
  /** The memory stops growing at this many bytes; at most, and by default, 4 GiB. */
  maxHeapBytes?: number;
  /**
   * Whether convolutions of 3x3 and 5x5 may be computed by minimal filtering (Winograd), by default true: two to three
   * times as fast, with errors of up to some 1e-5 of the largest output.
   */
  winograd?: boolean;
}

/** As high as tfjs-backend-wasm and -webgl: where several are registered, the first import is the default. */
const PRIORITY = 2;

const registered = new Set<string>();
let options: RegisterOptions = {};
let fallback: FallbackKernels | undefined;
let active: MnistWasmBackend | undefined;

/**
 * Registers the kernels and the backend factory with tfjs-core. May be called again: options hold from the next
 * initialisation on (`tf.removeBackend('mnist-wasm')` first, where one is running), kernels are added.
 */
export function registerKernels(
  kernels: readonly KernelConfig[],
  newOptions: RegisterOptions = {},
  newFallback?: FallbackKernels,
): void {
  if (newOptions.features !== undefined) checkFeatureLevel(newOptions.features, "the option 'features'");
  options = newOptions;
  fallback = newFallback ?? fallback;
  for (const kernel of kernels) {
    if (registered.has(kernel.kernelName)) continue;
    registered.add(kernel.kernelName);
    registerKernel(kernel);
  }
  if (!findBackendFactory(BACKEND_NAME)) registerBackend(BACKEND_NAME, createBackend, PRIORITY);
}

/** The feature level of the backend that was initialised last, or undefined where none was. */
export function featureLevel(): FeatureLevel | undefined {
  return active?.featureLevel;
}

async function createBackend(): Promise<MnistWasmBackend> {
  const {features, maxHeapBytes, winograd} = options;
  registerGradients();
  const level = await detectFeatureLevel(features);
  active = await MnistWasmBackend.create(await compileKernels(level), level, {maxHeapBytes, winograd, fallback});
  return active;
}
