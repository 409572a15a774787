/** The backend that the others are compared with, and its column. */
export const SUBJECT = 'mnist-wasm';
