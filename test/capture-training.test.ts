/** Steps that are recorded and repeated: the same bits as model.trainOnBatch, whatever happens in between. */
import {createHash} from 'node:crypto';
import * as tf from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import 'mnist-wasm';
import {captureTraining, seededRandom} from 'mnist-wasm/training';
import {beforeEach, describe, expect, it} from 'vitest';
import {createOptimizer, LEARNING_RATES, recipes, runName, scalarsOf} from '../recipes';

beforeEach(async () => {
  await tf.setBackend('mnist-wasm');
});

const models = recipes.flatMap((recipe) =>
  recipe.models.map((model) => ({recipe, model, name: runName(recipe, model)})),
);
const OPTIMIZERS = Object.keys(LEARNING_RATES) as (keyof typeof LEARNING_RATES)[];

function compiled(name: string, optimizer: keyof typeof LEARNING_RATES): LayersModel {
  const {model} = models.find((candidate) => candidate.name === name) as (typeof models)[number];
  const built = model.build(1);
  built.compile({
    optimizer: createOptimizer({name: optimizer, learningRate: LEARNING_RATES[optimizer]}),
    loss: 'categoricalCrossentropy',
    metrics: ['accuracy'],
  });
  return built;
}

function batch({inputs}: LayersModel, size: number, seed: number): {xs: tf.Tensor; ys: tf.Tensor} {
  const shape = [size, ...(inputs[0].shape.slice(1) as number[])];
  return {
    xs: tf.randomUniform(shape, 0, 1, 'float32', seed),
    ys: tf.tidy(() => tf.cast(tf.oneHot(tf.randomUniform([size], 0, 10, 'int32', seed + 1), 10), 'float32')),
  };
}

interface Plan {
  steps: number;
  /** Examples in the batch of a step. */
  sizeOf?: (step: number) => number;
  /** What happens after a step. */
  between?: (model: LayersModel, step: number) => unknown;
}

type Train = (xs: tf.Tensor, ys: tf.Tensor) => Promise<number | number[]>;

/** The losses and metrics of all steps, and the state that they leave. */
async function trained(model: LayersModel, train: Train, {steps, sizeOf = () => 8, between}: Plan) {
  const results: (number | number[])[] = [];
  for (let step = 0; step < steps; step++) {
    const {xs, ys} = batch(model, sizeOf(step), 100 * step);
    results.push(await train(xs, ys));
    tf.dispose([xs, ys]);
    await between?.(model, step);
  }
  return {results, state: await stateOf(model)};
}

/** Of the bytes: a difference is not worth a million lines. */
function digest(tensor: tf.Tensor): string {
  return digestOf(tensor.dataSync() as Float32Array);
}

function digestOf(values: Float32Array): string {
  return createHash('sha256').update(values).digest('hex');
}

async function stateOf(model: LayersModel): Promise<unknown> {
  const {optimizer, weights} = model;
  const [iterations, ...moments] = await optimizer.getWeights();
  iterations.tensor.dispose();
  return {
    weights: weights.map((weight) => digest(weight.read())),
    moments: moments.map(({tensor}) => digest(tensor)),
    scalars: await scalarsOf(optimizer),
    iterations: optimizer.iterations,
  };
}

/** Trains two of the same, one by model.trainOnBatch, and expects the same bits; returns why each captured step was not repeated. */
async function expectSame(create: () => LayersModel, plan: Plan): Promise<(string | undefined)[]> {
  const [plain, model] = [create(), create()];
  const captured = captureTraining(model);
  const reasons: (string | undefined)[] = [];
  try {
    const expected = await trained(plain, (xs, ys) => plain.trainOnBatch(xs, ys) as ReturnType<Train>, plan);
    const found = await trained(
      model,
      async (xs, ys) => {
        const results = await captured.trainOnBatch(xs, ys);
        reasons.push(captured.reason);
        return results;
      },
      plan,
    );
    expect(found).toEqual(expected);
  } finally {
    captured.dispose();
    letGo(plain);
    letGo(model);
  }
  return reasons;
}

function letGo(model: LayersModel): void {
  const {optimizer} = model;
  optimizer.dispose();
  // tfjs's momentum keeps the learning rate.
  if (optimizer.getClassName() === 'Momentum') (optimizer as unknown as {c: tf.Tensor}).c.dispose();
  model.dispose();
}

/** The first step makes what the optimizer keeps, the next two are recorded. */
const RECORDED = 3;

function expectRepeated(reasons: readonly (string | undefined)[], from = RECORDED): void {
  expect(reasons.slice(from)).toEqual(Array(reasons.length - from).fill(undefined));
}

describe('a captured step has the bits of trainOnBatch', () => {
  it.each(models.map(({name}) => name).filter((name) => name !== 'alexnet'))('%s', async (name) => {
    expectRepeated(await expectSame(() => compiled(name, 'adam'), {steps: 12}));
  });

  it.each(OPTIMIZERS)('%s', async (optimizer) => {
    expectRepeated(await expectSame(() => compiled('lenet', optimizer), {steps: 50}));
  });

  it('a last batch that is smaller', async () => {
    const sizeOf = (step: number) => (step % 4 === 3 ? 5 : 8);
    const reasons = await expectSame(() => compiled('batch-norm-cnn', 'adam'), {steps: 20, sizeOf});
    expectRepeated(reasons, 12);
  });
});

describe('in between', () => {
  const create = () => compiled('batch-norm-cnn', 'adam');
  const inBetween = (between: Plan['between'], steps = 12) => expectSame(create, {steps, between});

  it('the model predicts, is evaluated and is saved', async () => {
    const reasons = await inBetween(async (model) => {
      const {xs, ys} = batch(model, 4, 7);
      tf.dispose([model.predict(xs), model.evaluate(xs, ys)] as tf.Tensor[]);
      tf.dispose([xs, ys]);
      await model.save(
        tf.io.withSaveHandler(async () => ({modelArtifactsInfo: {dateSaved: new Date(), modelTopologyType: 'JSON'}})),
      );
    });
    expectRepeated(reasons);
  });

  it('weights are set, and copies of them stay what they are', async () => {
    const copies = new Map<LayersModel, {tensor: tf.Tensor; content: string}[]>();
    const reasons = await inBetween((model, step) => {
      if (step % 3 !== 1) return;
      const kept = copies.get(model) ?? [];
      copies.set(model, kept);
      const [first, ...others] = model.getWeights();
      const halved = tf.tidy(() => tf.mul(first, 0.5));
      kept.push(...[first, ...others].map((weight) => ({tensor: tf.clone(weight), content: digest(weight)})));
      model.setWeights([halved, ...others]);
      halved.dispose();
    });
    for (const {tensor, content} of [...copies.values()].flat()) {
      expect(digest(tensor)).toBe(content);
      tensor.dispose();
    }
    expectRepeated(reasons);
  });

  it('weights are read by operations that are computed later', async () => {
    const later: {tensor: tf.Tensor; content: string}[] = [];
    const reasons = await inBetween((model, step) => {
      const weight = model.getWeights().find(({size}) => size > 10_000) as tf.Tensor;
      const tensor = tf.tidy(() => tf.add(tf.mul(weight, 2), step));
      const expected = Float32Array.from(weight.dataSync(), (value) => Math.fround(value * 2) + step);
      later.push({tensor, content: digestOf(expected)});
    });
    for (const {tensor, content} of later) {
      expect(digest(tensor)).toBe(content);
      tensor.dispose();
    }
    expectRepeated(reasons);
  });

  it('two weights are exchanged', async () => {
    const reasons = await expectSame(() => compiled('mlp-plain', 'adam'), {
      steps: 12,
      between: (model, step) => {
        if (step !== 6) return;
        const pair = model.weights.map((weight) => weight.read() as tf.Variable).filter(({shape}) => shape[0] === 10);
        const [a, b] = pair.length > 1 ? pair : [pair[0], pair[0]];
        const [first, second] = [tf.clone(a), tf.clone(b)];
        a.assign(second);
        b.assign(first);
        tf.dispose([first, second]);
      },
    });
    expectRepeated(reasons);
  });

  it('other tensors come and go', async () => {
    const random = seededRandom(3);
    const tensors: {tensor: tf.Tensor; sum: number}[] = [];
    const reasons = await inBetween(() => {
      for (let i = 0; i < 20; i++) {
        if (tensors.length > 0 && random() < 0.5) {
          const {tensor, sum} = tensors.splice(Math.floor(random() * tensors.length), 1)[0];
          expect(tf.tidy(() => tf.sum(tensor).dataSync()[0])).toBe(sum);
          tensor.dispose();
        } else {
          const tensor = tf.fill([1 + Math.floor(random() * 60_000)], 1);
          tensors.push({tensor, sum: tensor.size});
        }
      }
    });
    for (const {tensor} of tensors) tensor.dispose();
    expectRepeated(reasons);
  });

  it('the learning rate changes: the step is recorded anew', async () => {
    const reasons = await inBetween((model, step) => {
      if (step === 6) Object.assign(model.optimizer, {learningRate: 0.01});
    });
    expect(reasons[6]).toBeUndefined();
    expect(reasons.slice(7).map((reason) => reason === undefined)).toEqual([false, false, true, true, true]);
  });

  it('the learning rate of sgd is a tensor', async () => {
    const reasons = await expectSame(() => compiled('lenet', 'sgd'), {
      steps: 12,
      between: (model, step) => {
        if (step === 6) (model.optimizer as unknown as tf.SGDOptimizer).setLearningRate(0.1);
      },
    });
    expect(reasons.slice(7).map((reason) => reason === undefined)).toEqual([false, false, true, true, true]);
  });

  it('layers are frozen, and the model compiled again', async () => {
    const reasons = await inBetween((model, step) => {
      if (step !== 6) return;
      model.layers[0].trainable = false;
      model.optimizer.dispose();
      model.compile({
        optimizer: createOptimizer({name: 'adam', learningRate: 0.01}),
        loss: 'categoricalCrossentropy',
        metrics: ['accuracy'],
      });
    }, 16);
    expectRepeated(reasons, 7 + RECORDED);
  });

  it('steps are made by model.trainOnBatch', async () => {
    const reasons = await inBetween(async (model, step) => {
      if (step % 2 === 0) return;
      const {xs, ys} = batch(model, 8, step);
      await model.trainOnBatch(xs, ys);
      tf.dispose([xs, ys]);
    });
    expectRepeated(reasons);
  });
});
