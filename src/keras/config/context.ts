import type {Unsupported} from '../error.js';

/** What a conversion needs to know of the file, and what it finds that tfjs-layers does not have. */
export interface Context {
  /** The major version of Keras that wrote the file: definitions have changed since 2. */
  major: number;
  unsupported: Unsupported[];
}

/** The layer whose configuration is being converted: what is wrong is told of it. */
export interface LayerContext extends Context {
  className: string;
  name: string;
}

export function refuse(context: LayerContext, reason: string): void {
  const {className, name, unsupported} = context;
  if (!unsupported.some((known) => known.className === className && known.name === name && known.reason === reason)) {
    unsupported.push({className, name, reason});
  }
}
