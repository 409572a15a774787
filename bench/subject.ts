/** The backend that the others are compared with, and its column. */
export const SUBJECT = 'mnist-wasm';

/** The same, where captureTraining repeats the steps, as the command line and the page train. */
export const CAPTURED = 'mnist-wasm captured';
