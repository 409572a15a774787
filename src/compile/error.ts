/** A model that cannot be compiled, and why. */
export class CompileError extends Error {
  override name = 'CompileError';

  constructor(reason: string, options?: ErrorOptions) {
    super(`mnist-wasm: ${reason}.`, options);
  }
}
