/** A network's layers and optimizer as calls: the worker makes them, and the code for TensorFlow.js and Keras writes them down. */
import {CLASSES, type LayerSpec, type NetworkSpec, type OptimizerName, SIDE} from './spec';

/** A regularizer, which each language makes in its own way. */
export interface L2 {
  l2: number;
}

export type Option = number | string | number[] | L2;

export interface LayerCall {
  /** Of tf.layers. */
  tfjs:
    | 'conv2d'
    | 'maxPooling2d'
    | 'averagePooling2d'
    | 'flatten'
    | 'dense'
    | 'dropout'
    | 'batchNormalization'
    | 'activation';
  /** Of keras.layers. */
  keras: string;
  /** As tfjs names them; Keras has the same names in snake case. */
  options: Record<string, Option>;
}

/** All layers, the last one with them; the first has the shape of the picture. */
export function layerCalls({layers, training}: NetworkSpec): LayerCall[] {
  const answer: LayerCall = {
    tfjs: 'dense',
    keras: 'Dense',
    options: {units: CLASSES, activation: 'softmax', ...regularizer(training.l2)},
  };
  const [first, ...others] = [...layers.map((layer) => callOf(layer, training.l2)), answer];
  return [{...first, options: {inputShape: [SIDE, SIDE, 1], ...first.options}}, ...others];
}

function callOf(layer: LayerSpec, l2: number): LayerCall {
  switch (layer.kind) {
    case 'conv2d': {
      const {filters, kernel, stride, padding, activation} = layer;
      const window = {kernelSize: kernel, ...(stride !== 1 && {strides: stride}), padding};
      return {tfjs: 'conv2d', keras: 'Conv2D', options: {filters, ...window, activation, ...regularizer(l2)}};
    }
    case 'maxPooling':
      return {tfjs: 'maxPooling2d', keras: 'MaxPooling2D', options: poolOptions(layer)};
    case 'averagePooling':
      return {tfjs: 'averagePooling2d', keras: 'AveragePooling2D', options: poolOptions(layer)};
    case 'flatten':
      return {tfjs: 'flatten', keras: 'Flatten', options: {}};
    case 'dense': {
      const {units, activation} = layer;
      return {tfjs: 'dense', keras: 'Dense', options: {units, activation, ...regularizer(layer.l2 || l2)}};
    }
    case 'dropout':
      return {tfjs: 'dropout', keras: 'Dropout', options: {rate: layer.rate}};
    case 'batchNormalization':
      return {tfjs: 'batchNormalization', keras: 'BatchNormalization', options: {}};
    case 'activation':
      return {tfjs: 'activation', keras: 'Activation', options: {activation: layer.activation}};
  }
}

function poolOptions({size, stride, padding}: Extract<LayerSpec, {size: number}>): LayerCall['options'] {
  return {poolSize: size, strides: stride, padding};
}

function regularizer(l2: number): {kernelRegularizer?: L2} {
  return l2 > 0 ? {kernelRegularizer: {l2}} : {};
}

export interface OptimizerCall {
  /** The learning rate that it usually has. */
  learningRate: number;
  /** Of tf.train, with what follows the learning rate; TensorFlow.js has other defaults than Keras. */
  tfjs: string;
  options: readonly number[];
  /** Of keras.optimizers, where its defaults do. */
  keras: string;
  kerasOptions: Readonly<Record<string, number>>;
}

/** As the recipes' createOptimizer has them. */
export const OPTIMIZER_CALLS: Readonly<Record<OptimizerName, OptimizerCall>> = {
  sgd: {learningRate: 0.01, tfjs: 'sgd', options: [], keras: 'SGD', kerasOptions: {}},
  momentum: {learningRate: 0.01, tfjs: 'momentum', options: [0.9], keras: 'SGD', kerasOptions: {momentum: 0.9}},
  adam: {learningRate: 0.001, tfjs: 'adam', options: [0.9, 0.999, 1e-7], keras: 'Adam', kerasOptions: {}},
  adamax: {learningRate: 0.001, tfjs: 'adamax', options: [0.9, 0.999, 1e-7], keras: 'Adamax', kerasOptions: {}},
  rmsprop: {learningRate: 0.001, tfjs: 'rmsprop', options: [0.9, 0, 1e-7], keras: 'RMSprop', kerasOptions: {}},
  adagrad: {
    learningRate: 0.01,
    tfjs: 'adagrad',
    options: [0.1],
    keras: 'Adagrad',
    kerasOptions: {initial_accumulator_value: 0.1},
  },
  adadelta: {learningRate: 1, tfjs: 'adadelta', options: [0.95, 1e-7], keras: 'Adadelta', kerasOptions: {rho: 0.95}},
};
