import type {LayersModel} from '@tensorflow/tfjs-layers';
import {isModelClass} from './config/model.js';
import {KerasError} from './error.js';
import {isObject, type Json, type JsonObject} from './json.js';

/** Classes that tfjs-layers spells otherwise than Keras. */
const RENAMED: Record<string, string> = {
  LeCunNormal: 'LecunNormal',
  LeCunUniform: 'LecunUniform',
  Model: 'Functional',
};

/**
 * A model's configuration as Keras 2 writes it: `{class_name, config}`.
 * @throws KerasError where the model is not a Sequential or Functional one.
 */
export function kerasConfig(model: LayersModel): JsonObject {
  if (!isModelClass(model.getClassName())) {
    throw new KerasError(`Only Sequential and Functional models can be saved, not ${model.getClassName()}.`);
  }
  const {class_name, config} = model.toJSON(undefined, false) as JsonObject;
  return convert({class_name, config}) as JsonObject;
}

function convert(value: Json): Json {
  if (Array.isArray(value)) return value.map(convert);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, convert(item)]);
  const converted = Object.fromEntries(entries) as JsonObject;
  const {class_name: className} = converted;
  if (typeof className === 'string') converted.class_name = RENAMED[className] ?? className;
  return converted;
}
