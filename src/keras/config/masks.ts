import {isObject, type Json, type JsonObject} from '../json.js';

/** Layers whose output has the mask of their input, in Keras 3. */
const PASSING = new Set([
  'Activation',
  'ActivityRegularization',
  'AlphaDropout',
  'BatchNormalization',
  'Dense',
  'Dropout',
  'ELU',
  'GaussianDropout',
  'GaussianNoise',
  'GroupNormalization',
  'Identity',
  'LayerNormalization',
  'LeakyReLU',
  'Normalization',
  'PReLU',
  'ReLU',
  'Rescaling',
  'Softmax',
  'SpatialDropout1D',
  'SpatialDropout2D',
  'SpatialDropout3D',
  'ThresholdedReLU',
  'UnitNormalization',
]);
const RECURRENT = new Set(['SimpleRNN', 'LSTM', 'GRU', 'RNN', 'ConvLSTM2D']);

/** Whether a layer makes a mask: of the steps, or of the tokens, that are not padding. */
export function makesMask({class_name: className, config}: JsonObject): boolean {
  if (className === 'Masking') return true;
  return className === 'Embedding' && isObject(config) && config.mask_zero === true;
}

/** Whether anything in a model makes a mask, or a call names one. */
export function hasMasks(value: Json): boolean {
  if (Array.isArray(value)) return value.some(hasMasks);
  if (!isObject(value)) return false;
  if (makesMask(value)) return true;
  return Object.entries(value).some(([key, item]) => (/(^|_)mask$/.test(key) && isObject(item)) || hasMasks(item));
}

/** Whether a layer computes something else with a mask than without. */
export function usesMask({class_name: className, config}: JsonObject): boolean {
  const name = String(className);
  if (RECURRENT.has(name) || name === 'Bidirectional') return true;
  if (name === 'TimeDistributed') return isObject(config) && isObject(config.layer) && usesMask(config.layer);
  return name === 'GlobalAveragePooling1D' || name === 'Softmax';
}

/** Whether the output of a layer, not of one that merges, has its input's mask. */
export function passesMask({class_name: className, config}: JsonObject, recurrent: boolean): boolean {
  const name = String(className);
  if (PASSING.has(name)) return true;
  if (name === 'SpectralNormalization')
    return isObject(config) && isObject(config.layer) && passesMask(config.layer, recurrent);
  if (!recurrent || !isObject(config)) return false;
  if (name === 'TimeDistributed') return true;
  const layer = name === 'Bidirectional' && isObject(config.layer) ? config.layer.config : config;
  return (name === 'Bidirectional' || RECURRENT.has(name)) && isObject(layer) && layer.return_sequences === true;
}

/** What a layer makes of a shape without its batch; undefined where that is not known here. */
export function shapeAfter({class_name: className, config}: JsonObject, shape: Json[] | undefined): Json[] | undefined {
  const own = isObject(config) ? config : {};
  const first = own.batch_shape ?? own.batch_input_shape;
  const given = Array.isArray(first) ? first.slice(1) : shape;
  if (given === undefined || className === 'InputLayer' || className === 'Masking') return given;
  if (className === 'Embedding') return [...given, own.output_dim];
  if (className === 'Reshape' && Array.isArray(own.target_shape)) return own.target_shape;
  const units = className === 'Dense' || (RECURRENT.has(String(className)) && own.return_sequences === true);
  if (units) return [...given.slice(0, -1), own.units];
  return PASSING.has(String(className)) ? given : undefined;
}

/** Whether a layer gives back its very input: then Keras on JAX gives on the mask too, whatever the layer. */
export function changesNothing({class_name: className, config}: JsonObject, shape: Json[] | undefined): boolean {
  return className === 'Reshape' && isObject(config) && JSON.stringify(config.target_shape) === JSON.stringify(shape);
}
