import 'mnist-wasm';
import {setBackend, type Tensor} from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import {builtInDigits, drawDigits} from 'mnist-wasm/mnist';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {lenet, recipes} from '../../../recipes';
import {newLayer} from '../../network/fields';
import {shapesOf} from '../../network/shapes';
import {ACTIVATIONS, type NetworkSpec, OPTIMIZERS} from '../../network/spec';
import {assertFits} from '../models/fit';
import {PLAIN_TRAINING, train, trainingOf} from '../train';
import {TrainingControl} from '../training-control';
import {buildNetwork} from './build';
import {readNetwork} from './read';

beforeEach(async () => {
  await setBackend('mnist-wasm');
});

const made: tfl.LayersModel[] = [];
afterEach(() => {
  for (const model of made.splice(0)) {
    if (model.optimizer) {
      model.optimizer.dispose();
      // tfjs's momentum leaves this behind.
      (model.optimizer as unknown as {c?: Tensor}).c?.dispose();
    }
    model.dispose();
  }
});

/** Disposed after the test. */
function own<T extends tfl.LayersModel>(model: T): T {
  made.push(model);
  return model;
}

const training: NetworkSpec['training'] = {
  optimizer: 'adam',
  learningRate: 0.003,
  schedule: 'linear',
  batchSize: 100,
  l2: 0,
};

/** A layer of each kind. */
const EVERY: NetworkSpec = {
  name: 'every layer',
  layers: [
    {kind: 'conv2d', filters: 5, kernel: 4, stride: 2, padding: 'same', activation: 'elu'},
    {kind: 'batchNormalization'},
    {kind: 'averagePooling', size: 3, stride: 2, padding: 'same'},
    {kind: 'conv2d', filters: 3, kernel: 2, stride: 1, padding: 'valid', activation: 'linear'},
    {kind: 'activation', activation: 'tanh'},
    {kind: 'maxPooling', size: 2, stride: 1, padding: 'valid'},
    {kind: 'dropout', rate: 0.1},
    {kind: 'flatten'},
    {kind: 'dense', units: 7, activation: 'sigmoid', l2: 0.01},
    {kind: 'dense', units: 6, activation: 'softplus', l2: 0},
  ],
  training: {...training, l2: 0.001},
};

function described(model: tfl.LayersModel) {
  return model.layers
    .filter((layer) => layer.getClassName() !== 'InputLayer')
    .map((layer) => ({output: (layer.outputShape as number[]).slice(1), parameters: layer.countParams()}));
}

function shapes(spec: NetworkSpec) {
  const {layers, problem} = shapesOf(spec);
  expect(problem).toBeUndefined();
  return layers.map(({output, parameters}) => ({output, parameters}));
}

describe('a network', () => {
  const models = recipes.flatMap((recipe) => recipe.models.map((model) => ({name: model.name, recipe, model})));

  it.each(models)('is read of the recipe $recipe.name $name, with its shapes and settings', ({recipe, model}) => {
    const original = own(model.build(1));
    const spec = readNetwork(original, recipe.title, recipe);
    const flat = original.inputs[0].shape.length === 2;
    expect(shapes(spec).slice(flat ? 1 : 0)).toEqual(described(original));
    const {stages, optimizer} = trainingOf(undefined, spec);
    expect(optimizer).toEqual(recipe.optimizer);
    expect(stages).toEqual([{...PLAIN_TRAINING.stages[0], batchSize: recipe.stages[0].batchSize}]);
  });

  it('is built with the weights of the recipe that it was read of', async () => {
    const original = own(lenet(1));
    const built = own(buildNetwork(readNetwork(original, 'LeNet-5', PLAIN_TRAINING), 1));
    const weights = (model: tfl.LayersModel) => Promise.all(model.getWeights().map((weight) => weight.data()));
    expect(await weights(built)).toEqual(await weights(original));
  });

  it('has the shapes and weights that tfjs-layers gives each of its layers, and is read again as it was', async () => {
    const model = own(buildNetwork(EVERY, 1));
    expect(shapes(EVERY)).toEqual(described(model));
    expect(readNetwork(model, EVERY.name, trainingOf(undefined, EVERY))).toEqual(EVERY);
    await assertFits(model, 'it');
  });

  it.each(OPTIMIZERS)('learns by %s, with each activation', {timeout: 60_000}, async (optimizer) => {
    const spec: NetworkSpec = {...EVERY, training: {...training, optimizer, schedule: 'constant'}};
    const model = own(buildNetwork(spec, 1));
    const data = {...builtInDigits({trainSize: 10, testSize: 10}), train: drawDigits({count: 300})};
    const losses: number[] = [];
    const observer = {onProgress() {}, onCheck: ({loss}: {loss: number}) => void losses.push(loss)};
    const settings = {epochs: 2, batchSize: 100, learningRate: 0.01, seed: 1};
    const end = await train(
      model,
      trainingOf(undefined, spec),
      data,
      settings,
      new TrainingControl(),
      observer,
      undefined,
    );
    expect(end.status).toBe('finished');
    expect(losses.every(Number.isFinite)).toBe(true);
  });

  it('is not built where a layer does not fit', () => {
    const spec: NetworkSpec = {name: 'x', layers: [newLayer('dense')], training};
    expect(() => buildNetwork(spec, 1)).toThrow(/^Layer 1, Dense: it needs a row of numbers, .* 28 × 28 × 1/);
  });

  it.each(ACTIVATIONS)('may have the activation %s', (activation) => {
    const layers: NetworkSpec['layers'] = [{kind: 'activation', activation}, newLayer('flatten')];
    const model = own(buildNetwork({name: 'x', layers, training}, 1));
    expect(readNetwork(model, 'x', PLAIN_TRAINING).layers).toEqual(layers);
  });
});

describe('a model that is no network of the page', () => {
  const end = () => tfl.layers.dense({units: 10, activation: 'softmax'});
  const {conv2d, flatten, dense, reshape} = tfl.layers;
  const inputShape = [28, 28, 1];
  const refused: [string, () => tfl.LayersModel, RegExp][] = [
    [
      'another layer',
      () => tfl.sequential({layers: [reshape({inputShape, targetShape: [784]}), end()]}),
      /has a layer Reshape/,
    ],
    [
      'a window that is no square',
      () => tfl.sequential({layers: [conv2d({inputShape, filters: 1, kernelSize: [3, 5]}), flatten(), end()]}),
      /a kernelSize that/,
    ],
    [
      'another activation',
      () => tfl.sequential({layers: [flatten({inputShape}), dense({units: 2, activation: 'swish'}), end()]}),
      /Activation is "swish"; expected one of linear,/,
    ],
    [
      'no bias',
      () => tfl.sequential({layers: [flatten({inputShape}), dense({units: 2, useBias: false}), end()]}),
      /without a bias/,
    ],
    [
      'another end',
      () => tfl.sequential({layers: [flatten({inputShape}), dense({units: 10})]}),
      /its last layer is not/,
    ],
    [
      'branches',
      () => {
        const input = tfl.input({shape: [784]});
        return tfl.model({inputs: input, outputs: end().apply(input) as tfl.SymbolicTensor});
      },
      /not in a single row/,
    ],
  ];
  it.each(refused)('is not read: %s', (_, create, why) => {
    expect(() => readNetwork(own(create()), 'x', PLAIN_TRAINING)).toThrow(why);
  });
});
