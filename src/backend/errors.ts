/** Thrown if a tensor or scratch does not fit into the memory; the content of the heap is unchanged then. */
export class OutOfMemoryError extends Error {
  override name = 'OutOfMemoryError';
}

/** Thrown while a program is recorded, where JavaScript asks for a value that the program computes. */
export class ComputedValueError extends Error {
  override name = 'ComputedValueError';

  constructor() {
    super('mnist-wasm: JavaScript needs a value that is computed from the input.');
  }
}
