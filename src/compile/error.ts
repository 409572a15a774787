/** For checks of arguments. */
export const compileError = (message: string): CompileError => new CompileError(message);

/** A model that cannot be compiled, and why. */
export class CompileError extends Error {
  override name = 'CompileError';

  constructor(reason: string, options?: ErrorOptions) {
    // What tfjs says, which may be a part of it, may have its own full stop.
    super(`mnist-wasm: ${reason.replace(/\.$/, '')}.`, options);
  }
}
