import {findBackendFactory, type KernelConfig, registerBackend, registerKernel} from '@tensorflow/tfjs-core';
import type {StepRecords} from '../shared/captured-steps.js';
import {MnistWasmBackend} from './backend.js';
import type {CapturingParts} from './capture/captured-steps.js';
import {checkFeatureLevel, detectFeatureLevel} from './module/features.js';
import {levelOf} from './module/given.js';
import {loadKernels} from './module/load.js';
import type {KernelModule, KernelSource} from './module/source.js';
import {BACKEND_NAME} from './name.js';
import type {FeatureLevel, RegisterOptions} from './options.js';
import type {Recorder} from './recorder.js';
import type {FallbackKernels} from './tensors.js';
import {checkThreads} from './threads/threads.js';

/** As high as that of tfjs-backend-wasm and -webgl: of several, the one that is imported first is the default. */
const PRIORITY = 2;

/** What an entry of the package registers. */
export interface BackendParts {
  readonly kernels: readonly KernelConfig[];
  /** The WebAssembly functions of the kernels. */
  readonly source: KernelSource;
  /** Replaces gradients of tfjs-core: for entries that train. */
  readonly registerGradients?: () => void;
  /** Records steps of training: the same. */
  readonly recordStepsOn?: (parts: CapturingParts) => StepRecords;
  /** Runs what has no WebAssembly function. */
  readonly fallback?: FallbackKernels;
}

/**
 * What is registered with tfjs-core, whose registries exist once in a realm. So does this record: a bundler may load
 * this module several times (Next.js does, on a server), and each copy would register all kernels over those of the
 * others, with options that the factory of the first never sees.
 */
interface Registration {
  readonly kernels: Set<string>;
  options: RegisterOptions;
  /** Of all entries: what trains is not replaced by what does not. */
  parts?: Omit<BackendParts, 'kernels'>;
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
export function registerEntry({kernels, ...parts}: BackendParts, newOptions: RegisterOptions = {}): void {
  checkLevel(newOptions, parts.registerGradients !== undefined);
  checkHeapLimit(newOptions.maxHeapBytes);
  checkThreads(newOptions.threads, "the option 'threads'");
  registration.options = newOptions;
  if (parts.registerGradients || !registration.parts?.registerGradients) {
    registration.parts = {...registration.parts, ...parts};
  }
  for (const kernel of kernels) {
    if (registration.kernels.has(kernel.kernelName)) continue;
    registration.kernels.add(kernel.kernelName);
    registerKernel(kernel);
  }
  if (!findBackendFactory(BACKEND_NAME)) registerBackend(BACKEND_NAME, createBackend, PRIORITY);
}

/** @throws Error if there is no such level, or the module has another one */
function checkLevel({features, module}: RegisterOptions, trains: boolean): void {
  if (features !== undefined) checkFeatureLevel(features, "the option 'features'");
  if (module === undefined) return;
  const level = levelOf(module, trains);
  if (features === undefined || features === level) return;
  throw new Error(`mnist-wasm: the option 'features' is '${features}', but the option 'module' has '${level}'.`);
}

/** @throws Error if it is given and no number of bytes */
function checkHeapLimit(bytes: number | undefined): void {
  if (bytes === undefined || (typeof bytes === 'number' && bytes > 0)) return;
  throw new Error(`mnist-wasm: the option 'maxHeapBytes' is ${bytes}; expected a number of bytes greater than 0.`);
}

/** A backend of the registered kernels and options that is not registered itself, and whose work is recorded. */
export async function createRecordedBackend(
  recorder: Recorder,
  features?: FeatureLevel,
): Promise<{backend: MnistWasmBackend; kernels: KernelModule}> {
  const {options, parts} = registration;
  const {level, kernels} = await findKernels({...options, ...(features && {features, module: undefined})});
  return {backend: await MnistWasmBackend.create(level, kernels, options, parts?.fallback, recorder), kernels};
}

/** The backend that was initialised last, or undefined where none was. */
export function activeBackend(): MnistWasmBackend | undefined {
  return registration.active;
}

async function createBackend(): Promise<MnistWasmBackend> {
  const {options, parts} = registration;
  parts?.registerGradients?.();
  const {level, kernels} = await findKernels(options);
  const backend = await MnistWasmBackend.create(level, kernels, options, parts?.fallback);
  const {recordStepsOn} = parts ?? {};
  if (recordStepsOn) backend.recordSteps = () => recordStepsOn(backend.capturable);
  registration.active = backend;
  return backend;
}

/** The kernels that options ask for, and their level. */
async function findKernels({features, module}: RegisterOptions): Promise<{level: FeatureLevel; kernels: KernelModule}> {
  if (module) return {level: levelOf(module, false), kernels: {compiled: module}};
  const {source} = registration.parts as BackendParts;
  const level = await detectFeatureLevel(features);
  return {level, kernels: await loadKernels(source, level)};
}
