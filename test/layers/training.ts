import * as tf from '@tensorflow/tfjs-core';
import {constraints, initializers, layers, metrics, regularizers, sequential} from '@tensorflow/tfjs-layers';
import type {Output} from '../cases/run';
import {makeValues} from '../cases/values';
import {seedMathRandom} from './run';

type DenseArgs = Partial<Parameters<typeof layers.dense>[0]>;
type CompileArgs = Parameters<ReturnType<typeof sequential>['compile']>[0];

/** A model of one hidden layer, and what is special about its training. */
export interface TrainingCase {
  name: string;
  dense?: DenseArgs;
  compile?: Partial<CompileArgs>;
  /** By default the fractions of a distribution; 'classes' for their numbers, 'signs' for -1 and 1. */
  targets?: 'classes' | 'signs';
}

const losses = [
  ...['meanSquaredError', 'meanAbsoluteError', 'meanAbsolutePercentageError', 'meanSquaredLogarithmicError'],
  ...['logcosh', 'categoricalCrossentropy', 'binaryCrossentropy', 'kullbackLeiblerDivergence', 'poisson'],
  'cosineProximity',
];

const optimizers: Record<string, () => tf.Optimizer> = {
  sgd: () => tf.train.sgd(0.1),
  momentum: () => tf.train.momentum(0.1, 0.9),
  'momentum, Nesterov': () => tf.train.momentum(0.1, 0.9, true),
  rmsprop: () => tf.train.rmsprop(0.01),
  'rmsprop, centered, with momentum': () => tf.train.rmsprop(0.01, 0.9, 0.5, 1e-7, true),
  adam: () => tf.train.adam(0.01),
  adamax: () => tf.train.adamax(0.01),
  adadelta: () => tf.train.adadelta(0.5),
  adagrad: () => tf.train.adagrad(0.1),
};

const dense = (name: string, args: DenseArgs): TrainingCase => ({name, dense: args});

/** What a model can be compiled with, each once. */
export const trainingCases: readonly TrainingCase[] = [
  ...losses.map((loss) => ({name: `loss ${loss}`, compile: {loss}})),
  ...['hinge', 'squaredHinge', 'categoricalHinge'].map(
    (loss): TrainingCase => ({name: `loss ${loss}`, compile: {loss}, targets: 'signs'}),
  ),
  {name: 'loss sparseCategoricalCrossentropy', compile: {loss: 'sparseCategoricalCrossentropy'}, targets: 'classes'},
  {
    name: 'metric sparseCategoricalAccuracy',
    compile: {loss: 'sparseCategoricalCrossentropy', metrics: [metrics.sparseCategoricalAccuracy]},
    targets: 'classes',
  },
  ...(
    [
      'binaryAccuracy',
      'categoricalAccuracy',
      'binaryCrossentropy',
      'categoricalCrossentropy',
      'cosineProximity',
      'meanAbsoluteError',
      'meanAbsolutePercentageError',
      'meanSquaredError',
      'precision',
      'recall',
      'r2Score',
    ] as const
  ).map((metric) => ({name: `metric ${metric}`, compile: {metrics: [metrics[metric]]}})),
  ...Object.entries(optimizers).map(([name, optimizer]) => ({
    name: `optimizer ${name}`,
    compile: {optimizer: optimizer as unknown as tf.Optimizer},
  })),
  dense('constraint maxNorm', {kernelConstraint: constraints.maxNorm({maxValue: 0.5, axis: 0})}),
  dense('constraint minMaxNorm', {kernelConstraint: constraints.minMaxNorm({minValue: 0.7, maxValue: 0.8, rate: 0.5})}),
  dense('constraint nonNeg', {kernelConstraint: constraints.nonNeg()}),
  dense('constraint unitNorm', {kernelConstraint: constraints.unitNorm({axis: 0})}),
  dense('regularizer l1', {kernelRegularizer: regularizers.l1({l1: 0.1})}),
  dense('regularizer l2', {kernelRegularizer: regularizers.l2({l2: 0.1})}),
  dense('regularizer l1l2', {kernelRegularizer: regularizers.l1l2({l1: 0.1, l2: 0.2}), biasRegularizer: 'l1l2'}),
  dense('initializer identity', {units: 5, kernelInitializer: initializers.identity({gain: 2})}),
  dense('initializer orthogonal', {kernelInitializer: initializers.orthogonal({gain: 2, seed: 3})}),
  dense('initializer truncatedNormal', {kernelInitializer: initializers.truncatedNormal({seed: 3})}),
  dense('initializer varianceScaling', {kernelInitializer: 'varianceScaling'}),
  dense('initializer randomNormal', {kernelInitializer: initializers.randomNormal({seed: 3})}),
  dense('initializer randomUniform', {kernelInitializer: initializers.randomUniform({seed: 3})}),
  dense('initializer constant', {kernelInitializer: initializers.constant({value: 0.5})}),
  dense('initializer heNormal', {kernelInitializer: initializers.heNormal({seed: 3})}),
  dense('initializer leCunUniform', {kernelInitializer: initializers.leCunUniform({seed: 3})}),
];

/** Three steps of training: losses and metrics, then a prediction, then all weights. */
export async function train(trainingCase: TrainingCase, backend: string): Promise<Output[]> {
  await tf.setBackend(backend);
  addChainedOps();
  seedMathRandom();
  const kernelInitializer = initializers.glorotUniform({seed: 1});
  const model = sequential();
  model.add(layers.dense({units: 6, activation: 'tanh', kernelInitializer, ...trainingCase.dense, inputShape: [5]}));
  model.add(layers.dense({units: 4, activation: 'softmax', kernelInitializer: initializers.glorotUniform({seed: 2})}));
  // An optimizer has the state of the model that it trained: a new one for each.
  const {optimizer = 'sgd', ...rest} = trainingCase.compile ?? {};
  const created = typeof optimizer === 'function' ? (optimizer as () => tf.Optimizer)() : optimizer;
  model.compile({loss: 'categoricalCrossentropy', ...rest, optimizer: created});
  const [x, y] = tf.tidy(() => [
    tf.tensor(makeValues({shape: [8, 5]}, 0) as Float32Array, [8, 5]),
    targets(trainingCase),
  ]);
  const outputs: Output[] = [];
  for (let step = 0; step < 3; step++) {
    const results = [(await model.trainOnBatch(x, y)) as number | number[]].flat();
    outputs.push({shape: [results.length], dtype: 'float32', values: results});
  }
  const prediction = model.predict(x) as tf.Tensor;
  for (const t of [prediction, ...model.getWeights()]) {
    outputs.push({shape: t.shape, dtype: t.dtype, values: await t.data()});
  }
  tf.dispose([x, y, prediction]);
  if (typeof created !== 'string') {
    created.dispose();
    // Momentum does not dispose what it has of sgd.
    tf.dispose([(created as unknown as {c?: tf.Tensor}).c]);
  }
  model.dispose();
  return outputs;
}

function targets({targets: kind}: TrainingCase): tf.Tensor {
  if (kind === 'classes') return tf.tensor([0, 3, 1, 2, 2, 1, 0, 3], [8, 1]);
  return tf.oneHot([0, 3, 1, 2, 2, 1, 0, 3], 4, 1, kind === 'signs' ? -1 : 0.1, 'float32');
}

/** The orthogonal initialiser and r2Score chain operations, which '@tensorflow/tfjs' registers, and its core does not. */
function addChainedOps(): void {
  const {prototype} = tf.Tensor as unknown as {prototype: Record<string, unknown>};
  for (const [name, op] of Object.entries(tf) as [string, (x: tf.Tensor, ...rest: unknown[]) => tf.Tensor][]) {
    if (typeof op !== 'function') continue;
    prototype[name] ??= function (this: tf.Tensor, ...rest: unknown[]) {
      return op(this, ...rest);
    };
  }
  prototype.flatten ??= function (this: tf.Tensor) {
    return tf.reshape(this, [this.size]);
  };
}
