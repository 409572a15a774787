/** What both entries of the backend have in common. */
import type {MemoryInfo} from '@tensorflow/tfjs-core';
import type {FeatureLevel, MnistWasmMemory} from './backend/options.js';
import {activeBackend} from './backend/register.js';

export {OutOfMemoryError} from './backend/errors.js';
export {BACKEND_NAME} from './backend/name.js';
export type {FeatureLevel, MnistWasmMemory, RegisterOptions, ThreadRequest} from './backend/options.js';

declare module '@tensorflow/tfjs-core/dist/globals.js' {
  /** With what mnist-wasm tells of its heap; other backends tell none of that. */
  export function memory(): MemoryInfo & Partial<Omit<MnistWasmMemory, 'unreliable'>>;
}

/** How many threads the backend that was initialised last computes with now, the caller's included; 1 where none was. */
export function threadCount(): number {
  return activeBackend()?.threadCount ?? 1;
}

/** The feature level of the backend that was initialised last, or undefined where none was. */
export function featureLevel(): FeatureLevel | undefined {
  return activeBackend()?.featureLevel;
}
