import type {JsonObject} from '../json.js';
import type {Context, ConvertedLayer, Use} from './context.js';
import {convertLayer} from './layer.js';
import {convertModel, isModelClass} from './model.js';

/** A layer or a model of Keras 2 or 3, whichever it is, as tfjs-layers takes it. */
export function convert(entry: JsonObject, context: Context, use: Use = {}): ConvertedLayer {
  return isModelClass(String(entry.class_name)) ? convertModel(entry, context, use) : convertLayer(entry, context, use);
}
