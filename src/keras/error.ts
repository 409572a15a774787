/** Something in a Keras model that tfjs-layers does not have, or would compute otherwise. */
export interface Unsupported {
  /** The layer's Keras class, like `Conv2D`. */
  className: string;
  /** The layer's name in the model. */
  name: string;
  /** What it is, for people: `groups: 2 (only 1)`. */
  reason: string;
}

/** A file that is not what it should be, or a model that tfjs-layers cannot run. */
export class KerasError extends Error {
  override readonly name = 'KerasError';
  /** All that stands in the way, where it is the model and not the file. */
  readonly unsupported: readonly Unsupported[];

  constructor(message: string, details: {unsupported?: readonly Unsupported[]; cause?: unknown} = {}) {
    super(message, details.cause === undefined ? undefined : {cause: details.cause});
    this.unsupported = details.unsupported ?? [];
  }
}

/** For checks of arguments. */
export const kerasError = (message: string): KerasError => new KerasError(message);

/** The error for a model that cannot be converted: each reason in a line of its own. */
export function unsupportedError(intro: string, unsupported: readonly Unsupported[]): KerasError {
  const lines = unsupported.map(({className, name, reason}) => `  ${className} "${name}": ${reason}`);
  return new KerasError(`${intro}\n${lines.join('\n')}`, {unsupported});
}
