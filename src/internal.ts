/**
 * What this project's own tests and benchmark take of the backend beyond what users are promised. Not an entry of the
 * package. A backend that runs is `tf.backend()`.
 */
export type {MnistWasmBackend} from './backend/backend.js';
export {detectFeatureLevel} from './backend/module/features.js';
export type {KernelExports} from './backend/module/load.js';
export {QUERIES} from './backend/recorder.js';
export {type Fields, RecordLayout} from './backend/records.js';
export {Kernels, numbers} from './backend/testing/kernels.js';
export {startThread} from './backend/threads/platform.js';
