import {reasonOf} from '../../shared/reason.js';
import {isObject, type Json, type JsonObject} from '../json.js';
import {type Context, type ConvertedLayer, type LayerContext, refuse, type Use} from './context.js';
import {checkOptions} from './options.js';
import {instantiate, isRegistered} from './registry.js';
import {standIn} from './stand-in.js';
import {camelCase, convertActivation, convertDtype, convertObject, convertValue} from './values.js';

/** What Keras keeps in a layer's configuration for itself. */
const DROPPED = new Set(['optional', 'ragged', 'synchronized', 'lora_rank', 'quantization_config']);
const LAYER_KEYS = new Set(['layer', 'backward_layer', 'cell']);

/**
 * A layer of Keras 2 or 3, `{class_name, config}` with whatever else is around it, as tfjs-layers takes it. What
 * neither tfjs-layers nor we have is added to `context.unsupported`, and the conversion goes on.
 */
export function convertLayer(entry: JsonObject, context: Context, use: Use = {}): ConvertedLayer {
  const className = String(entry.class_name);
  const config = isObject(entry.config) ? entry.config : {};
  const here: LayerContext = {...context, className, name: String(config.name ?? entry.name ?? className)};
  const reason = unknownClass(entry, className);
  if (reason !== undefined) {
    refuse(here, reason);
    return {className, config: {}};
  }
  checkOptions(config, here);
  const converted = standIn(className, convertConfig(config, here), use, here);
  probe(converted, here);
  return converted;
}

function unknownClass(entry: JsonObject, className: string): string | undefined {
  const {registered_name: registered} = entry;
  if (className === 'Lambda') return 'its Python code cannot run here';
  if (isRegistered(className) || isRegistered(`Keras${className}`)) return undefined;
  return typeof registered === 'string' && registered.includes('>')
    ? `a custom class (${registered}): register one of that name with tf.serialization.registerClass`
    : 'tfjs-layers has no such layer';
}

function convertConfig(config: JsonObject, context: LayerContext): JsonObject {
  const converted: JsonObject = {};
  for (const [key, value] of Object.entries(config)) {
    if (!DROPPED.has(key)) converted[renamed(key, context.className)] = convertEntry(key, value, context);
  }
  // tfjs-layers takes a pair only.
  if (context.className === 'UpSampling2D' && typeof converted.size === 'number') {
    converted.size = [converted.size, converted.size];
  }
  // One axis in a list of one, as Keras 2.4 writes it.
  if (context.className === 'BatchNormalization' && Array.isArray(converted.axis)) [converted.axis] = converted.axis;
  return converted;
}

function renamed(key: string, className: string): string {
  if (key === 'batch_shape') return 'batchInputShape';
  if (key === 'negative_slope' && className === 'LeakyReLU') return 'alpha';
  return camelCase(key);
}

function convertEntry(key: string, value: Json, context: LayerContext): Json {
  if (key === 'name') return context.names.get(String(value)) ?? value;
  if (key === 'dtype') return convertDtype(value, context);
  if (/(^|_)activation$/.test(key)) return convertActivation(value, key, context);
  if (/_(initializer|regularizer|constraint)$/.test(key)) return convertObject(value, key, context);
  // A wrapper hands its own mask to the layer within, which is no mask of that.
  const within: Use = context.hasMasks && context.className === 'TimeDistributed' ? {mask: 'none'} : {};
  if (LAYER_KEYS.has(key) && isObject(value)) return context.convert(value, context, within);
  if (key === 'cells' && Array.isArray(value)) return value.map((cell) => context.convert(cell as JsonObject, context));
  if (key === 'seed' && isObject(value)) return null;
  return convertValue(value);
}

/** What tfjs-layers' own constructor refuses, it refuses here, where the layer can be named. */
function probe({className, config}: ConvertedLayer, context: LayerContext): void {
  if (context.unsupported.some(({name}) => name === context.name)) return;
  try {
    instantiate(className, config);
  } catch (error) {
    refuse(context, reasonOf(error));
  }
}
