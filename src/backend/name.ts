/** The name for `tf.setBackend`, and under which the kernels are registered. */
export const BACKEND_NAME = 'mnist-wasm';
