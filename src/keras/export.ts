import type {LayersModel} from '@tensorflow/tfjs-layers';
import {isModelClass} from './config/model.js';
import {KerasError} from './error.js';
import {kerasForm, withKerasNames} from './export-layers.js';
import {isObject, type Json, type JsonObject} from './json.js';
import {snakeCase} from './weights/store.js';
import type {Layer} from './weights/tree.js';

/** Classes that tfjs-layers spells otherwise than Keras. */
const RENAMED: Record<string, string> = {
  LeCunNormal: 'LecunNormal',
  LeCunUniform: 'LecunUniform',
  Model: 'Functional',
};

/** Where a layer has other layers in it. */
const WITHIN = new Set(['layer', 'cell', 'cells']);

/** What tfjs-layers takes for a layer and leaves out of its configuration, and the property that has it. */
const LEFT_OUT: Record<string, [key: string, property: string][]> = {
  SeparableConv2D: [['depth_multiplier', 'depthMultiplier']],
  Conv1D: [['data_format', 'dataFormat']],
  AlphaDropout: [['noise_shape', 'noiseShape']],
};

/** What each layer has a value of its own for. */
const COMMON = new Set(['name', 'trainable', 'dtype']);

/**
 * A model's configuration as Keras 2 writes it: `{class_name, config}`; for Keras 3 with the calls of models within
 * models counted as that does, which Keras 2 does not read.
 *
 * @throws KerasError where the model is not a Sequential or Functional one, or Keras 3 would compute it otherwise.
 */
export function kerasConfig(model: LayersModel, keras: 2 | 3): JsonObject {
  if (!isModelClass(model.getClassName())) {
    throw new KerasError(`Only Sequential and Functional models can be saved, not ${model.getClassName()}.`);
  }
  const {class_name, config} = model.toJSON(undefined, false) as JsonObject;
  addLeftOut(model, {class_name, config});
  const converted = convert({class_name, config}, keras) as JsonObject;
  if (keras === 3) adapt(converted);
  return withKerasNames(converted) as JsonObject;
}

/** In place: for a layer, and for the layers of a model or in a wrapper. */
function addLeftOut(layer: Layer, entry: JsonObject): void {
  const {layers, layer: inner} = layer as Layer & {layers?: Layer[]; layer?: Layer};
  const {class_name: className, config} = entry;
  if (!isObject(config)) return;
  for (const [key, property] of LEFT_OUT[String(className)] ?? []) {
    const value = (layer as unknown as Record<string, Json | undefined>)[property] ?? null;
    config[key] = typeof value === 'string' ? snakeCase(value) : value;
  }
  if (inner && isObject(config.layer)) addLeftOut(inner, config.layer);
  const byName = new Map(layers?.map((each) => [each.name, each]));
  for (const each of Array.isArray(config.layers) ? config.layers.filter(isObject) : []) {
    const found = byName.get(String((each.config as JsonObject).name));
    if (found) addLeftOut(found, each);
  }
}

function convert(given: Json, keras: 2 | 3, key = ''): Json {
  if (Array.isArray(given)) return given.map((item) => convert(item, keras, key));
  if (!isObject(given)) return given;
  const value = given.class_name === undefined ? given : kerasForm(given, keras);
  const converted: JsonObject = {};
  for (const [name, item] of Object.entries(value)) {
    // How a recurrent layer is computed, not what: Keras 3 has done away with it.
    if (name !== 'implementation') converted[name] = convert(item, keras, name);
  }
  const {class_name: className} = converted;
  if (typeof className !== 'string') return converted;
  converted.class_name = Object.hasOwn(RENAMED, className) ? RENAMED[className] : className;
  if (isObject(converted.config)) trim(className, converted.config);
  if (WITHIN.has(key)) locate(converted);
  return converted;
}

/** Keras 3 finds a layer within a layer by its module only, and gives it nothing but its options; Keras 2 passes over it. */
function locate(entry: JsonObject): void {
  const {class_name: className, config} = entry;
  if (className === 'Functional') entry.module = 'keras.src.models.functional';
  else entry.module = className === 'Sequential' ? 'keras' : 'keras.layers';
  entry.registered_name = className === 'Functional' ? className : null;
  if (isObject(config)) delete config.batch_input_shape;
}

/** What tfjs-layers adds to a layer's configuration and Keras 3 does not take, in place. */
function trim(className: string, config: JsonObject): void {
  if (className === 'SpatialDropout1D') {
    delete config.noise_shape;
    delete config.trainable;
  }
  if (className === 'RNN' && isObject(config.cell) && isObject(config.cell.config)) {
    for (const key of Object.keys(config.cell.config)) if (!COMMON.has(key)) delete config[key];
  }
  if (className === 'Model' || className === 'Functional') {
    // An embedding has one even where an input layer stands before it.
    for (const {class_name: inner, config: own} of config.layers as {class_name: string; config: JsonObject}[]) {
      if (inner !== 'InputLayer') delete own.batch_input_shape;
    }
  }
  if (className === 'Sequential') {
    const layers = config.layers as {class_name: string; config: JsonObject}[];
    const [first, ...others] = layers;
    for (const {config: own} of others) delete own.batch_input_shape;
    if (first.class_name !== 'InputLayer' && first.config.batch_input_shape) layers.unshift(inputLayer(first.config));
  }
}

/** The layer that stands first in Keras's own files, and that tfjs-layers leaves to the next one's configuration. */
function inputLayer({batch_input_shape: shape, dtype, name}: JsonObject): {class_name: string; config: JsonObject} {
  const config = {
    batch_input_shape: shape,
    dtype: dtype ?? 'float32',
    sparse: false,
    ragged: false,
    name: `${name}_input`,
  };
  return {class_name: 'InputLayer', config};
}

/** To Keras 3, in place. */
function adapt(value: Json): void {
  if (Array.isArray(value)) value.forEach(adapt);
  if (!isObject(value)) return;
  for (const [key, item] of Object.entries(value)) {
    if (/(^|_)activation$/.test(key) && item === 'hard_sigmoid') {
      throw new KerasError(
        `${key} of "${value.name}" is hard_sigmoid, which Keras 3 computes otherwise than tfjs-layers. Use sigmoid, or ` +
          'save the model for Keras 2.',
      );
    }
    adapt(item);
  }
  if (value.class_name === 'Functional' && isObject(value.config)) renumber(value.config);
}

/** Undoes what `convertModel` does to the calls of models within a model. */
function renumber(config: JsonObject): void {
  const entries = config.layers as JsonObject[];
  const names = (isOne: (className: string) => boolean) =>
    new Set(entries.filter((entry) => isOne(String(entry.class_name))).map(({name}) => name));
  const models = names(isModelClass);
  const sequentials = names((className) => className === 'Sequential');
  const shift = (tensors: Json[][], shifted: Set<Json>) => {
    for (const tensor of tensors) if (shifted.has(tensor[0])) tensor[1] = Number(tensor[1]) - 1;
  };
  for (const {inbound_nodes: calls} of entries) for (const call of calls as Json[][][]) shift(call, models);
  shift(config.input_layers as Json[][], sequentials);
  shift(config.output_layers as Json[][], sequentials);
}
