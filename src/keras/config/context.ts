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
  /** Whether a recurrent layer gives on its mask: Keras's did up to 3.15. */
  masksPassRecurrent: boolean;
  /** Whether RandomCrop gives on pictures as they are at inference: Keras 3.15's does. */
  randomCropKeeps: boolean;
  /** Whether anything in the model makes a mask: then each layer that uses one is told which. */
  hasMasks: boolean;
  /** Names that tfjs-layers cannot give to tensors, with those that the layers get. */
  names: ReadonlyMap<string, string>;
  unsupported: Unsupported[];
  /** Converts a layer or a model that is within another. */
  convert(entry: JsonObject, context: Context, use?: Use): ConvertedLayer;
}

/** How a layer is called, where that decides what it has to be. */
export interface Use {
  /**
   * Where a layer's mask comes from: an `input` of its own after the others; `handed` on by tfjs-layers, which happens to
   * be right in a chain of layers; `none`, though tfjs-layers may hand on one. Undefined where the model has none at all.
   */
  mask?: 'input' | 'handed' | 'none';
  /** How many initial states a recurrent layer is given. */
  states?: number;
  /** What a layer's configuration gets besides its own: how attention is called. */
  options?: JsonObject;
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
