import type {Unsupported} from '../error.js';
import type {JsonObject} from '../json.js';

/** A layer as tfjs-layers has it; a model is one too. */
export interface ConvertedLayer extends JsonObject {
  className: string;
  config: JsonObject;
}

/** What a conversion needs to know of the file, and what it finds that tfjs-layers does not have. */
export interface Context {
  /** The major version of Keras that wrote the file: definitions have changed since 2. */
  major: number;
  unsupported: Unsupported[];
  /** Converts a layer or a model that is within another. */
  convert(entry: JsonObject, context: Context): ConvertedLayer;
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
