import 'mnist-wasm';
import {setBackend, type Tensor, tensor} from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import {builtInDigits, drawDigits} from 'mnist-wasm/mnist';
import {afterEach, beforeEach, describe, expect, it, vi} from 'vitest';
import {findModel, recipes} from '../../recipes';
import {Classifier} from './classifier';
import {withExample} from './example';
import {switchBackend} from './switch-backend';
import {PLAIN_TRAINING, train} from './train';
import {TrainingControl} from './training-control';

const DIGITS = drawDigits({count: 3});
const PIXELS = [0, 1, 2].map((i) => DIGITS.images.slice(i * 784, (i + 1) * 784));

beforeEach(async () => {
  await setBackend('mnist-wasm');
});

const made: tfl.LayersModel[] = [];
afterEach(() => {
  for (const model of made.splice(0)) {
    if (model.optimizer) model.optimizer.dispose();
    model.dispose();
  }
});

/** Disposed after the test. */
function own<T extends tfl.LayersModel>(model: T): T {
  made.push(model);
  return model;
}

function softmax(): tfl.Sequential {
  const {flatten, dense} = tfl.layers;
  return own(tfl.sequential({layers: [flatten({inputShape: [28, 28, 1]}), dense({units: 10, activation: 'softmax'})]}));
}

/** Of the model itself. */
function expected(model: tfl.LayersModel, pixels: Uint8Array): Promise<number[]> {
  return withExample(model, pixels, async (_, xs) => {
    const ys = model.predict(xs) as Tensor;
    const values = Array.from(await ys.data());
    ys.dispose();
    return values;
  });
}

/** Asks for each digit, and compares the bits. Tells of how many of them tfjs was asked. */
async function askAll(classifier: Classifier, model: tfl.LayersModel): Promise<number> {
  const asked = vi.spyOn(model, 'predictOnBatch');
  for (const pixels of PIXELS) {
    expect(await classifier.classify(model, pixels)).toEqual(await expected(model, pixels));
    // What is recorded meanwhile.
    await classifier.hold(async () => {});
  }
  const {length} = asked.mock.calls;
  asked.mockRestore();
  return length;
}

describe('a classifier', () => {
  const models = recipes.flatMap((recipe) => recipe.models.map(({name}) => ({recipe, name})));
  const small = models.filter(({recipe}) => recipe.name !== 'alexnet');

  it.each(small)('has the bits of predict from the first digit on: $recipe.name $name', async ({recipe, name}) => {
    const model = own(findModel(recipe, name).build(1));
    expect(await askAll(new Classifier(), model)).toBe(1);
  });

  it('asks tfjs for a model with too many weights to be compiled', async () => {
    const [{recipe}] = models.filter(({recipe}) => recipe.name === 'alexnet');
    expect(await askAll(new Classifier(), own(findModel(recipe).build(1)))).toBe(3);
  });

  it('knows the weights of each step of a training, and compiles those that it ends with', async () => {
    const model = softmax();
    const classifier = new Classifier();
    expect(await askAll(classifier, model)).toBe(1);
    const untrained = await expected(model, PIXELS[0]);
    const {train: digits} = builtInDigits();
    const images = digits.images.slice(0, 2560 * 784);
    const data = {...builtInDigits(), train: {images, labels: digits.labels.slice(0, 2560), size: 2560}};
    const answers: {given: Promise<number[]>; wanted: Promise<number[]>}[] = [];
    const observer = {
      onProgress() {
        answers.push({given: classifier.classify(model, PIXELS[0]), wanted: expected(model, PIXELS[0])});
      },
      onCheck() {},
    };
    const settings = {epochs: 2, batchSize: 128, learningRate: 0.01, seed: 1};
    const asked = vi.spyOn(model, 'predictOnBatch');
    await classifier.hold(() =>
      train(model, PLAIN_TRAINING, data, settings, new TrainingControl(), observer, undefined),
    );
    expect(answers.length).toBeGreaterThanOrEqual(2);
    for (const {given, wanted} of answers) expect(await given).toEqual(await wanted);
    expect(await answers[0].given).not.toEqual(untrained);
    asked.mockRestore();
    expect(await askAll(classifier, model)).toBe(1);
    expect(await classifier.classify(model, PIXELS[0])).not.toEqual(untrained);
  });

  it('tells models with the same weights apart, and follows what is written', async () => {
    const [one, other] = [softmax(), softmax()];
    const classifier = new Classifier();
    await askAll(classifier, one);
    other.setWeights(one.getWeights());
    expect(await askAll(classifier, other)).toBe(1);
    one.setWeights(one.getWeights().map((weight) => weight));
    expect(await askAll(classifier, one)).toBe(1);
    const bias = tensor([9, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    one.setWeights([one.getWeights()[0], bias]);
    bias.dispose();
    expect(await askAll(classifier, one)).toBe(1);
    expect((await classifier.classify(one, PIXELS[0]))[0]).toBeGreaterThan(0.9);
  });

  it('drops a recording of weights that are written meanwhile', async () => {
    const model = softmax();
    const classifier = new Classifier();
    await classifier.classify(model, PIXELS[0]);
    const bias = tensor([0, 9, 0, 0, 0, 0, 0, 0, 0, 0]);
    model.setWeights([model.getWeights()[0], bias]);
    bias.dispose();
    expect(await askAll(classifier, model)).toBe(1);
  });

  it('asks tfjs while it is held, and on another backend', async () => {
    const model = softmax();
    const classifier = new Classifier();
    await classifier.hold(async () => {
      await classifier.classify(model, PIXELS[0]);
      await classifier.classify(model, PIXELS[1]);
    });
    expect(await askAll(classifier, model)).toBe(1);
    await classifier.hold(() => switchBackend(model, 'cpu'));
    expect(await askAll(classifier, model)).toBe(3);
    await classifier.hold(() => switchBackend(model, 'mnist-wasm'));
    expect(await askAll(classifier, model)).toBe(1);
  });

  it('asks tfjs for a model that cannot be compiled', async () => {
    const model = softmax();
    const [dense] = model.layers.slice(-1);
    const {call} = dense;
    dense.call = (inputs, kwargs) => {
      const y = call.call(dense, inputs, kwargs) as Tensor;
      return tensor(y.arraySync() as number[][]);
    };
    expect(await askAll(new Classifier(), model)).toBe(3);
  });

  it('outlives a model that is disposed while it is recorded', async () => {
    const [gone, next] = [softmax(), softmax()];
    const classifier = new Classifier();
    await classifier.classify(gone, PIXELS[0]);
    made.splice(made.indexOf(gone), 1);
    gone.dispose();
    expect(await askAll(classifier, next)).toBe(1);
  });
});
