import {type Optimizer, train} from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import {camelCase} from './config/values.js';
import {isObject, type Json, type JsonObject} from './json.js';
import {snakeCase} from './weights/store.js';

type Losses = string | string[] | Record<string, string>;

/** tfjs-layers' losses, by Keras's names of them in camel case. */
const LOSSES: Record<string, string> = {
  ...Object.fromEntries(
    [
      'meanSquaredError',
      'meanAbsoluteError',
      'meanAbsolutePercentageError',
      'meanSquaredLogarithmicError',
      'squaredHinge',
      'hinge',
      'categoricalHinge',
      'logcosh',
      'categoricalCrossentropy',
      'sparseCategoricalCrossentropy',
      'binaryCrossentropy',
      'kullbackLeiblerDivergence',
      'poisson',
    ].map((name) => [name, name]),
  ),
  cosineSimilarity: 'cosineProximity',
  kld: 'kullbackLeiblerDivergence',
  klDivergence: 'kullbackLeiblerDivergence',
  logCosh: 'logcosh',
  mae: 'meanAbsoluteError',
  mape: 'meanAbsolutePercentageError',
  mse: 'meanSquaredError',
  msle: 'meanSquaredLogarithmicError',
};

/** tfjs-layers' metrics; `accuracy` finds out itself which accuracy the loss wants. */
const METRICS: Record<string, string> = {
  accuracy: 'accuracy',
  acc: 'accuracy',
  binaryAccuracy: 'binaryAccuracy',
  categoricalAccuracy: 'categoricalAccuracy',
  sparseCategoricalAccuracy: 'accuracy',
  binaryCrossentropy: 'binaryCrossentropy',
  categoricalCrossentropy: 'categoricalCrossentropy',
  sparseCategoricalCrossentropy: 'sparseCategoricalCrossentropy',
  meanSquaredError: 'mse',
  mse: 'mse',
  meanAbsoluteError: 'mae',
  mae: 'mae',
  meanAbsolutePercentageError: 'mape',
  mape: 'mape',
};

/**
 * Compiles a model as `training_config` (HDF5) or `compile_config` (.keras) tells, where tfjs-layers has the optimizer and
 * the loss; else the model stays as it is.
 */
export function compileAs(model: LayersModel, training: JsonObject): void {
  const loss = lossesOf(training.loss);
  if (loss === undefined || !fits(loss, model)) return;
  const optimizer = optimizerOf(training.optimizer_config ?? training.optimizer);
  if (optimizer === undefined) return;
  // Metrics of several outputs have too many forms to tell which belongs where.
  const metrics = model.outputs.length > 1 ? [] : metricsOf(training.metrics);
  model.compile({optimizer, loss, metrics});
  // The model disposes it, as one that it made itself from a name: nobody else knows of it.
  (model as unknown as {isOptimizerOwned: boolean}).isOptimizerOwned = true;
}

/** Whether each output has a loss; one for all fits any model. */
function fits(loss: Losses, {outputs}: LayersModel): boolean {
  if (typeof loss === 'string') return true;
  const names = outputs.map(({sourceLayer}) => sourceLayer.name);
  return Array.isArray(loss)
    ? loss.length === outputs.length
    : names.every((name) => Object.hasOwn(loss, name)) && Object.keys(loss).length === outputs.length;
}

function lossesOf(value: Json | undefined): Losses | undefined {
  if (Array.isArray(value)) {
    const names = value.map(lossOf);
    return names.every((name) => name !== undefined) ? names : undefined;
  }
  if (isObject(value) && value.class_name === undefined) {
    const entries = Object.entries(value).map(([output, item]) => [output, lossOf(item)] as const);
    return entries.every(([, name]) => name !== undefined)
      ? (Object.fromEntries(entries) as Record<string, string>)
      : undefined;
  }
  return lossOf(value);
}

function lossOf(value: Json | undefined): string | undefined {
  if (!isObject(value)) return typeof value === 'string' ? find(LOSSES, camelCase(value)) : undefined;
  if (value.class_name === 'function') return lossOf(value.config);
  const config = isObject(value.config) ? value.config : {};
  const {from_logits: logits = false, label_smoothing: smoothing = 0, reduction = 'auto'} = config;
  const isMean = reduction === 'auto' || reduction === 'sum_over_batch_size';
  if (logits !== false || smoothing !== 0 || !isMean) return undefined;
  return find(LOSSES, camelCase(snakeCase(String(value.class_name))));
}

/** Not what every object has, like `constructor`. */
function find(table: Record<string, string>, name: string): string | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

function metricsOf(value: Json | undefined): string[] {
  if (isObject(value) && Array.isArray(value.metrics)) return metricsOf(value.metrics);
  const names = [value ?? []].flat(2).map((metric) => {
    if (typeof metric === 'string') return find(METRICS, camelCase(metric));
    if (!isObject(metric) || !isObject(metric.config)) return undefined;
    const {fn, name} = metric.config;
    if (name === 'accuracy' || name === 'acc') return 'accuracy';
    const named = [fn, metric.class_name, name].find(
      (item) => typeof item === 'string' && item !== 'MeanMetricWrapper',
    );
    return find(METRICS, camelCase(snakeCase(String(named))));
  });
  return [...new Set(names.filter((name) => name !== undefined))];
}

function optimizerOf(value: Json | undefined): Optimizer | undefined {
  if (!isObject(value) || !isObject(value.config)) return undefined;
  const {config} = value;
  const rate = config.learning_rate ?? config.lr;
  // Otherwise a schedule, which tfjs-layers does not have.
  if (typeof rate !== 'number') return undefined;
  const number = (key: string, otherwise: number) =>
    typeof config[key] === 'number' ? (config[key] as number) : otherwise;
  const epsilon = number('epsilon', 1e-7);
  const momentum = number('momentum', 0);
  const betas = [number('beta_1', 0.9), number('beta_2', 0.999)] as const;
  switch (String(value.class_name)) {
    case 'SGD':
      return momentum === 0 ? train.sgd(rate) : train.momentum(rate, momentum, config.nesterov === true);
    case 'RMSprop':
      return train.rmsprop(rate, number('rho', 0.9), momentum, epsilon, config.centered === true);
    case 'Adam':
      return config.amsgrad === true ? undefined : train.adam(rate, ...betas, epsilon);
    case 'Adamax':
      return train.adamax(rate, ...betas, epsilon);
    case 'Adagrad':
      return train.adagrad(rate, number('initial_accumulator_value', 0.1));
    case 'Adadelta':
      return train.adadelta(rate, number('rho', 0.95), epsilon);
    default:
      return undefined;
  }
}
