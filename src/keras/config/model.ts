import {isObject, type Json, type JsonObject} from '../json.js';
import type {Context, ConvertedLayer} from './context.js';
import {convertCalls, tensorsOf} from './graph.js';

const MODEL_CLASSES = new Set(['Sequential', 'Functional', 'Model']);

export function isModelClass(className: string): boolean {
  return MODEL_CLASSES.has(className);
}

/** A Sequential or Functional model of Keras 2 or 3, and all that is in it, as tfjs-layers takes it. */
export function convertModel(entry: JsonObject, context: Context): ConvertedLayer {
  const className = String(entry.class_name);
  // Before 2.2.3 a Sequential model's configuration was the list of its layers.
  const config: JsonObject = Array.isArray(entry.config) ? {layers: entry.config} : (entry.config as JsonObject);
  const name = String(config.name ?? entry.name ?? className);
  const entries = (Array.isArray(config.layers) ? config.layers : []).filter(isObject);
  if (entries.length === 0) {
    context.unsupported.push({className, name, reason: 'no layers: not a Sequential or Functional model'});
    return {className, config: {}};
  }
  return className === 'Sequential'
    ? convertSequential(name, entries, config, context)
    : convertFunctional(name, entries, config, context);
}

function convertSequential(name: string, entries: JsonObject[], config: JsonObject, context: Context): ConvertedLayer {
  const layers = entries.map((entry) => context.convert(entry, context));
  const [first, second] = layers;
  // Keras 2 says it twice; tfjs-layers makes the same input from the layer that follows.
  if (first.className === 'InputLayer' && second?.config.batchInputShape) {
    return {className: 'Sequential', config: {name, layers: layers.slice(1)}};
  }
  if (!isModelClass(first.className) && !first.config.batchInputShape) {
    if (Array.isArray(config.build_input_shape)) first.config.batchInputShape = config.build_input_shape;
    else if (context.unsupported.length === 0) {
      const reason = 'no input shape: the model was saved before it was built';
      context.unsupported.push({className: 'Sequential', name, reason});
    }
  }
  return {className: 'Sequential', config: {name, layers}};
}

function convertFunctional(name: string, entries: JsonObject[], config: JsonObject, context: Context): ConvertedLayer {
  // In tfjs-layers and Keras 2 a model's first node is its own and its calls come after; Keras 3 counts calls alone,
  // except where a Functional model is among the outputs.
  const models = context.major >= 3 ? namesOf(entries, isModelClass) : new Set<string>();
  const sequentials = context.major >= 3 ? namesOf(entries, (name) => name === 'Sequential') : new Set<string>();
  const layers = entries.map((entry) => ({
    ...context.convert(entry, context),
    name: entry.name,
    inboundNodes: convertCalls(entry, models, context),
  }));
  const ends = (key: string): Json => tensorsOf(config[key], sequentials);
  return {
    className: 'Model',
    config: {name, layers, inputLayers: ends('input_layers'), outputLayers: ends('output_layers')},
  };
}

function namesOf(entries: JsonObject[], isOne: (className: string) => boolean): Set<string> {
  return new Set(entries.filter((entry) => isOne(String(entry.class_name))).map(({name}) => String(name)));
}
