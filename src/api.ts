/** What both entries of the backend have in common. */
import type {FeatureLevel} from './backend/options.js';
import {activeBackend} from './backend/register.js';

export {OutOfMemoryError} from './backend/errors.js';
export {BACKEND_NAME} from './backend/name.js';
export type {FeatureLevel, MnistWasmMemory, RegisterOptions} from './backend/options.js';

/** The feature level of the backend that was initialised last, or undefined where none was. */
export function featureLevel(): FeatureLevel | undefined {
  return activeBackend()?.featureLevel;
}
