import {engine} from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import {reasonOf} from '../shared/reason.js';
import type {Context, ConvertedLayer} from './config/context.js';
import {convert} from './config/convert.js';
import {hasMasks} from './config/masks.js';
import {isModelClass} from './config/model.js';
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
    randomCropKeeps: major > 3 || (major === 3 && minor >= 15),
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

/** How often a model is built again because the rank of a tensor showed that a layer cannot take it. */
const ATTEMPTS = 100;

function construct(converted: ConvertedLayer): LayersModel {
  for (let attempt = 1; ; attempt++) {
    const {registeredVariables} = engine();
    const before = new Set(Object.keys(registeredVariables));
    const discard = () => {
      for (const [name, variable] of Object.entries(registeredVariables)) if (!before.has(name)) variable.dispose();
    };
    try {
      const model = withoutInitializers(() => instantiate(converted.className, converted.config));
      const deep = layersWithin(model as unknown as LayersModel).filter(isDeepNormalization);
      if (deep.length === 0 || attempt === ATTEMPTS) return model as unknown as LayersModel;
      discard();
      for (const {name} of deep) standInFor(converted, 'BatchNormalization', name);
    } catch (error) {
      // The layers that were built before the one that failed.
      discard();
      // Shapes are not known before: only now a Flatten turns out to get rows of numbers.
      const [, flatten] = reasonOf(error).match(/layer (\S+): expected min_ndim=3, found ndim=2/) ?? [];
      if (attempt < ATTEMPTS && flatten !== undefined && standInFor(converted, 'Flatten', flatten)) continue;
      throw new KerasError(`tfjs-layers cannot build this model: ${reasonOf(error)}`, {cause: error});
    }
  }
}

type Layer = LayersModel['layers'][number];

function layersWithin(model: LayersModel): Layer[] {
  return model.layers.flatMap((layer) => [
    layer,
    ...layersWithin({layers: (layer as LayersModel).layers ?? []} as LayersModel),
  ]);
}

/** tfjs-layers' batch normalization takes four dimensions at most, and says so in predict only. */
function isDeepNormalization(layer: Layer): boolean {
  const [node] = layer.inboundNodes;
  return layer.getClassName() === 'BatchNormalization' && ([node?.inputShapes].flat(2) as unknown[]).length > 4;
}

/** Puts our own class in the place of tfjs-layers', wherever in a model it is; whether there was any. */
function standInFor(layer: JsonObject, className: string, name: string): boolean {
  const config = layer.config as JsonObject;
  if (layer.className === className && config.name === name) {
    layer.className = `Keras${className}`;
    return true;
  }
  const inner = [config.layers ?? [], config.layer ?? []].flat() as JsonObject[];
  return inner.map((item) => standInFor(item, className, name)).some((found) => found);
}
