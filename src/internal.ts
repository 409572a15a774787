/**
 * What this project's own tests and benchmark know of a backend that runs, beyond what users are promised. Types alone:
 * `tf.backend()` is the backend itself. Not an entry of the package.
 */
export type {MnistWasmBackend} from './backend/backend.js';
