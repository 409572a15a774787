import type {LayersModel} from '@tensorflow/tfjs-layers';
import {checkedNetwork} from '../../network/check';
import {MOST} from '../../network/fields';
import {CLASSES, type LayerSpec, type NetworkSpec, type TrainingSpec} from '../../network/spec';
import {texts} from '../../texts';
import type {Training} from '../train';

const options = texts.network.unknownOptions;

type Layer = LayersModel['layers'][number];
type Config = ReturnType<Layer['getConfig']>;
/** An L2 is told apart until it is known whether it is that of all layers. */
type Read = {layer: LayerSpec | Record<string, unknown>; l2?: number};

const readers: Record<string, (config: Config) => Read> = {
  Conv2D: (config) => ({
    layer: {
      kind: 'conv2d',
      filters: config.filters,
      kernel: side(config, 'kernelSize'),
      stride: side(config, 'strides'),
      padding: config.padding,
      activation: config.activation,
    },
    l2: l2Of(config),
  }),
  MaxPooling2D: (config) => ({layer: {kind: 'maxPooling', ...pooling(config)}}),
  AveragePooling2D: (config) => ({layer: {kind: 'averagePooling', ...pooling(config)}}),
  Flatten: () => ({layer: {kind: 'flatten'}}),
  Dense: (config) => ({layer: {kind: 'dense', units: config.units, activation: config.activation}, l2: l2Of(config)}),
  Dropout: (config) => ({layer: {kind: 'dropout', rate: config.rate}}),
  BatchNormalization: () => ({layer: {kind: 'batchNormalization'}}),
  Activation: (config) => ({layer: {kind: 'activation', activation: config.activation}}),
};

/**
 * The network that a model is, to be changed. One that takes its pixels in a row begins with Flatten.
 * @throws Error that tells what of it the editor does not have.
 */
export function readNetwork(model: LayersModel, name: string, training: Training): NetworkSpec {
  try {
    return checkedNetwork({name: name.slice(0, MOST.name), ...read(model, training)});
  } catch (error) {
    throw new Error(texts.network.cannotEdit((error as Error).message.replace(/\.$/, '')), {cause: error});
  }
}

function read(model: LayersModel, training: Training): Omit<NetworkSpec, 'name'> {
  if (model.getClassName() !== 'Sequential') throw new Error(texts.network.branches);
  const found = model.layers.filter((layer) => layer.getClassName() !== 'InputLayer').map(readLayer);
  const answer = found.pop();
  const {kind, units, activation} = (answer?.layer ?? {}) as Record<string, unknown>;
  if (kind !== 'dense' || units !== CLASSES || activation !== 'softmax') throw new Error(texts.network.unknownEnd);
  const all = answer?.l2 ?? 0;
  const layers = found.map(({layer, l2}) => {
    const own = l2 === all ? 0 : l2;
    if (l2 === undefined) return layer;
    if (layer.kind === 'conv2d' && own === 0) return layer;
    if (layer.kind === 'dense' && (own || l2 === all)) return {...layer, l2: own};
    throw new Error(texts.network.unknownOption(texts.network.titles[layer.kind as LayerSpec['kind']], options.l2));
  });
  if (model.inputs[0].shape.length === 2) layers.unshift({kind: 'flatten'});
  return {layers: layers as LayerSpec[], training: trainingOf(training, all)};
}

function readLayer(layer: Layer): Read {
  const type = layer.getClassName();
  const reader = Object.hasOwn(readers, type) ? readers[type] : undefined;
  if (!reader) throw new Error(texts.network.unknownLayer(type));
  const config = layer.getConfig();
  if (config.dataFormat === 'channelsFirst') throw new Error(texts.network.unknownOption(type, options.dataFormat));
  if (config.useBias === false) throw new Error(texts.network.unknownOption(type, options.noBias));
  return reader(config);
}

function trainingOf({stages, optimizer}: Training, l2: number): TrainingSpec {
  return {
    optimizer: optimizer.name,
    learningRate: optimizer.learningRate,
    schedule: optimizer.decays ? 'linear' : 'constant',
    batchSize: stages[0].batchSize,
    l2,
  };
}

function pooling(config: Config): object {
  return {size: side(config, 'poolSize'), stride: side(config, 'strides'), padding: config.padding};
}

/** Of a square. */
function side(config: Config, option: string): number {
  const [height, width = height] = [config[option]].flat() as number[];
  const dilation = [config.dilationRate ?? 1].flat();
  if (dilation.some((rate) => rate !== 1))
    throw new Error(texts.network.unknownOption(String(config.name), options.dilation));
  if (height !== width) throw new Error(texts.network.unknownOption(String(config.name), option));
  return height;
}

function l2Of({kernelRegularizer, name}: Config): number {
  if (!kernelRegularizer) return 0;
  const {l1, l2} = (kernelRegularizer as {config: {l1: number; l2: number}}).config;
  if (l1) throw new Error(texts.network.unknownOption(String(name), options.regularizer));
  return l2;
}
