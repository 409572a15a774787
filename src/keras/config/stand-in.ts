import type {Json, JsonObject} from '../json.js';
import {type ConvertedLayer, type LayerContext, refuse, type Use} from './context.js';
import {recurrentStandIn, usage} from './recurrent.js';

interface Rule {
  classes: RegExp;
  /** Whether tfjs-layers would compute something else; left out: always. */
  when?(config: JsonObject, use: Use): boolean;
}

const all = (value: Json | undefined, wanted: Json): boolean =>
  value === undefined || value === null || [value].flat().every((item) => item === wanted);

/** The layers that a class of ours, `Keras` before their name, stands in for. */
const RULES: readonly Rule[] = [
  {classes: /^(CategoryEncoding|CenterCrop|Identity|RandomWidth|Resizing)$/},
  {classes: /^Concatenate$/, when: ({axis}) => typeof axis === 'number' && axis < -1},
  {classes: /^Conv1D$/, when: ({padding, groups}) => padding === 'causal' || !all(groups, 1)},
  {classes: /^Conv[23]D$/, when: ({groups}) => !all(groups, 1)},
  {classes: /^Conv2DTranspose$/, when: (config) => !all(config.dilationRate, 1) || !all(config.outputPadding, null)},
  {classes: /^DepthwiseConv2D$/, when: ({dilationRate}) => !all(dilationRate, 1)},
  {classes: /^ELU$/, when: ({alpha}) => !all(alpha, 1)},
  {
    classes: /^GlobalAveragePooling1D$/,
    when: ({keepdims}, {mask}) => keepdims === true || mask === 'input' || mask === 'handed',
  },
  {classes: /^Global(Average|Max)Pooling[12]D$/, when: ({keepdims}) => keepdims === true},
  {classes: /^ReLU$/, when: ({negativeSlope, threshold}) => !all(negativeSlope, 0) || !all(threshold, 0)},
  {
    classes: /^Reshape$/,
    when: ({targetShape}) => Array.isArray(targetShape) && targetShape.includes(-1),
  },
  {classes: /^Softmax$/, when: ({axis}, {mask}) => (axis !== undefined && axis !== -1) || mask !== undefined},
  {classes: /^UpSampling2D$/, when: ({interpolation}) => !all(interpolation, 'nearest')},
];

/** Layers that know `channels_first` themselves; the others are run on transposed tensors. */
const KNOWS_CHANNELS_FIRST =
  /^(Conv2D|DepthwiseConv2D|(Max|Average)Pooling2D|Global(Average|Max)Pooling2D|UpSampling2D|ZeroPadding2D|Cropping2D|Flatten|KerasFlatten|SpatialDropout[23]D|Random\w+|KerasRandom\w+)$/;

/**
 * The layer that computes what Keras does: tfjs-layers' own, or one of ours in its place.
 * @param config As tfjs-layers would take it.
 */
export function standIn(className: string, config: JsonObject, use: Use, context: LayerContext): ConvertedLayer {
  const recurrent = recurrentStandIn(className, config, use, context);
  if (recurrent) return recurrent;
  const rule = RULES.find(({classes, when}) => classes.test(className) && (when?.(config, use) ?? true));
  const wanted = rule ? `Keras${className}` : className;
  const own = usesMask(wanted) ? {...config, ...usage(use)} : config;
  const isGiven = use.mask === 'input' || (use.mask === 'handed' && takesNone(wanted, config));
  if (use.mask === 'none' && wanted === 'ConvLSTM2D') refuse(context, 'in a model with masks');
  if (isGiven && !usesMask(wanted) && use.options === undefined)
    refuse(context, 'called with a mask, which is not used here');
  return channels(wanted, {...own, ...use.options});
}

/** Layers that would take a mask in Keras and cannot here. */
function takesNone(className: string, {layer}: JsonObject): boolean {
  if (className === 'ConvLSTM2D') return true;
  const inner = (layer as ConvertedLayer | undefined)?.className ?? '';
  return (
    className === 'TimeDistributed' && /^(Keras)?(SimpleRNN|LSTM|GRU|RNN|Bidirectional|ConvLSTM2D|Softmax)/.test(inner)
  );
}

function usesMask(className: string): boolean {
  return /^Keras(Softmax|GlobalAveragePooling1D)$/.test(className);
}

function channels(className: string, config: JsonObject): ConvertedLayer {
  if (config.dataFormat !== 'channelsFirst' || KNOWS_CHANNELS_FIRST.test(className)) return {className, config};
  const {batchInputShape, ...inner} = config;
  const outer: JsonObject = {name: config.name, layer: {className, config: {...inner, dataFormat: 'channelsLast'}}};
  for (const key of ['trainable', 'dtype']) if (config[key] !== undefined) outer[key] = config[key];
  if (batchInputShape !== undefined) outer.batchInputShape = batchInputShape;
  return {className: 'ChannelsFirst', config: outer};
}
