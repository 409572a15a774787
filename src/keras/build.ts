import {engine} from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import {reasonOf} from '../shared/reason.js';
import type {Context, ConvertedLayer} from './config/context.js';
import {convert} from './config/convert.js';
import {isModelClass} from './config/model.js';
import {hasMasks} from './config/masks.js';
import {tensorNames} from './config/names.js';
import {instantiate, withoutInitializers} from './config/registry.js';
import {KerasError, unsupportedError} from './error.js';
import type {JsonObject} from './json.js';

/** A model with the configuration that it was made from, which knows the order of Keras's layers. */
export interface BuiltModel {
  model: LayersModel;
  converted: ConvertedLayer;
}

/**
 * Builds the model that a Keras configuration describes; its weights are still to be set.
 * @param version Of the Keras that wrote it.
 * @throws KerasError that names everything which tfjs-layers does not have.
 */
export function buildModel(config: JsonObject, version: string): BuiltModel {
  const className = String(config.class_name);
  if (!isModelClass(className)) {
    throw new KerasError(
      `The model is of the class ${className}: only Sequential and Functional models carry their structure in the file.`,
      {unsupported: [{className, name: className, reason: 'a class of its own, defined in Python'}]},
    );
  }
  const [major, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  const context: Context = {
    major: major || 2,
    masksPassRecurrent: !(major > 3 || (major === 3 && minor >= 16)),
    hasMasks: hasMasks(config),
    names: tensorNames(config),
    unsupported: [],
    convert,
  };
  const converted = convert(config, context);
  if (context.unsupported.length > 0) {
    throw unsupportedError('tfjs-layers cannot run this model as Keras does:', context.unsupported);
  }
  return {model: construct(converted), converted};
}

function construct({className, config}: ConvertedLayer): LayersModel {
  const {registeredVariables} = engine();
  const before = new Set(Object.keys(registeredVariables));
  try {
    return withoutInitializers(() => instantiate(className, config)) as unknown as LayersModel;
  } catch (error) {
    // The layers that were built before the one that failed.
    for (const [name, variable] of Object.entries(registeredVariables)) if (!before.has(name)) variable.dispose();
    throw new KerasError(`tfjs-layers cannot build this model: ${reasonOf(error)}`, {cause: error});
  }
}
