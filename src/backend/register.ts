import {findBackendFactory, type KernelConfig, registerBackend, registerKernel} from '@tensorflow/tfjs-core';
import {MnistWasmBackend} from './backend.js';
import {registerGradients} from './gradients/register.js';
import {checkFeatureLevel, detectFeatureLevel} from './module/features.js';
import {BACKEND_NAME} from './name.js';
import type {FeatureLevel, RegisterOptions} from './options.js';
import type {Recorder} from './recorder.js';
import type {FallbackKernels} from './tensors.js';
import {checkThreads} from './threads/threads.js';

/** As high as that of tfjs-backend-wasm and -webgl: of several, the one that is imported first is the default. */
const PRIORITY = 2;

/**
 * What is registered with tfjs-core, whose registries exist once in a realm. So does this record: a bundler may load
 * this module several times (Next.js does, on a server), and each copy would register all kernels over those of the
 * others, with options that the factory of the first never sees.
 */
interface Registration {
  readonly kernels: Set<string>;
  options: RegisterOptions;
  fallback?: FallbackKernels;
  active?: MnistWasmBackend;
}

const KEY = Symbol.for('mnist-wasm');
const realm: typeof globalThis & {[KEY]?: Registration} = globalThis;
realm[KEY] ??= {kernels: new Set(), options: {}};
const registration = realm[KEY];

/**
 * Registers the kernels and the backend factory with tfjs-core. May be called again: kernels are added, and the new
 * options apply from the next initialisation on (call `tf.removeBackend('mnist-wasm')` first if a backend is running).
 */
export function registerKernels(
  kernels: readonly KernelConfig[],
  newOptions: RegisterOptions = {},
  newFallback?: FallbackKernels,
): void {
  if (newOptions.features !== undefined) checkFeatureLevel(newOptions.features, "the option 'features'");
  checkHeapLimit(newOptions.maxHeapBytes);
  checkThreads(newOptions.threads, "the option 'threads'");
  registration.options = newOptions;
  registration.fallback = newFallback ?? registration.fallback;
  for (const kernel of kernels) {
    if (registration.kernels.has(kernel.kernelName)) continue;
    registration.kernels.add(kernel.kernelName);
    registerKernel(kernel);
  }
  if (!findBackendFactory(BACKEND_NAME)) registerBackend(BACKEND_NAME, createBackend, PRIORITY);
}

/** @throws Error if it is given and no number of bytes */
function checkHeapLimit(bytes: number | undefined): void {
  if (bytes === undefined || (typeof bytes === 'number' && bytes > 0)) return;
  throw new Error(`mnist-wasm: the option 'maxHeapBytes' is ${bytes}; expected a number of bytes greater than 0.`);
}

/** A backend of the registered kernels and options that is not registered itself, and whose work is recorded. */
export async function createRecordedBackend(recorder: Recorder, features?: FeatureLevel): Promise<MnistWasmBackend> {
  const {options, fallback} = registration;
  const level = await detectFeatureLevel(features ?? options.features);
  return MnistWasmBackend.create(level, options, fallback, recorder);
}

/** The backend that was initialised last, or undefined where none was. */
export function activeBackend(): MnistWasmBackend | undefined {
  return registration.active;
}

async function createBackend(): Promise<MnistWasmBackend> {
  const {options, fallback} = registration;
  registerGradients();
  const level = await detectFeatureLevel(options.features);
  const backend = await MnistWasmBackend.create(level, options, fallback);
  registration.active = backend;
  return backend;
}
