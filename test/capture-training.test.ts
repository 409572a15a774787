/** Steps that are recorded and repeated: the same bits as model.trainOnBatch, whatever happens in between. */
import {createHash} from 'node:crypto';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import * as tfl from '@tensorflow/tfjs-layers';
import {OutOfMemoryError} from 'mnist-wasm';
import {captureTraining, seededRandom} from 'mnist-wasm/training';
import {beforeEach, describe, expect, it} from 'vitest';
import {createOptimizer, LEARNING_RATES, recipes, runName, scalarsOf} from '../recipes';
import {memory, restart} from './running';

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

/** A model with two kernels of the same shape, large enough for their chains to be deferred. */
function squares(extra?: tfl.layers.Layer): LayersModel {
  const dense = (seed: number) =>
    tfl.layers.dense({units: 80, inputShape: [80], kernelInitializer: tfl.initializers.glorotUniform({seed})});
  const last = tfl.layers.dense({
    units: 10,
    activation: 'softmax',
    kernelInitializer: tfl.initializers.glorotUniform({seed: 3}),
  });
  const model = tfl.sequential({layers: [dense(1), dense(2), ...(extra ? [extra] : []), last]});
  model.compile({optimizer: tf.train.adam(0.01), loss: 'categoricalCrossentropy', metrics: ['accuracy']});
  return model;
}

function setLearningRate({optimizer}: LayersModel, learningRate: number): void {
  const settable = optimizer as unknown as {learningRate: number; setLearningRate?: (rate: number) => void};
  if (settable.setLearningRate) settable.setLearningRate(learningRate);
  else settable.learningRate = learningRate;
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
    const reasons = await expectSame(squares, {
      steps: 12,
      between: (model, step) => {
        if (step !== 6) return;
        const [a, b] = [0, 2].map((i) => model.weights[i].read() as tf.Variable);
        const [first, second] = [tf.clone(a), tf.clone(b)];
        a.assign(second);
        b.assign(first);
        tf.dispose([first, second]);
      },
    });
    expect(reasons.at(-1)).toBeUndefined();
  });

  it('a copy is taken just when the step has been recorded', async () => {
    const copies: {tensor: tf.Tensor; content: string}[] = [];
    const reasons = await inBetween((model, step) => {
      if (step !== 2) return;
      for (const weight of model.getWeights()) copies.push({tensor: tf.clone(weight), content: digest(weight)});
    });
    for (const {tensor, content} of copies) {
      expect(digest(tensor)).toBe(content);
      tensor.dispose();
    }
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

  it.each(OPTIMIZERS)('the learning rate of %s changes', async (optimizer) => {
    const reasons = await expectSame(() => compiled('lenet', optimizer), {
      steps: 14,
      between: (model, step) => {
        if (step > 5) setLearningRate(model, 0.01 / step);
      },
    });
    // A step is recorded once more for a number, and never for a tensor.
    expect(reasons.slice(RECORDED, 7)).toEqual(Array(4).fill(undefined));
    expectRepeated(reasons, 8);
  });

  it('the learning rate is another from the first step on', async () => {
    const reasons = await expectSame(() => compiled('batch-norm-cnn', 'adam'), {
      steps: 12,
      between: (model, step) => setLearningRate(model, 0.01 / (step + 1)),
    });
    expectRepeated(reasons);
  });

  it('a layer has other settings: the step is recorded anew', async () => {
    const reasons = await inBetween((model, step) => {
      if (step === 6)
        Object.assign(model.layers.find((layer) => layer.getClassName() === 'BatchNormalization') as object, {
          momentum: 0.5,
        });
    });
    expect(reasons[6]).toBeUndefined();
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

describe('values that lead another way', () => {
  it('a batch with NaN and infinity', async () => {
    const create = () => compiled('batch-norm-cnn', 'adam');
    const [plain, model] = [create(), create()];
    const captured = captureTraining(model);
    const reasons: (string | undefined)[] = [];
    for (let step = 0; step < 10; step++) {
      const {xs, ys} = batch(model, 8, step);
      const bad = tf.tidy(() => tf.mul(xs, [5, 7].includes(step) ? Number.POSITIVE_INFINITY : 1));
      const expected = await plain.trainOnBatch(bad, ys);
      expect(await captured.trainOnBatch(bad, ys)).toEqual(expected);
      reasons.push(captured.reason);
      expect(await stateOf(model)).toEqual(await stateOf(plain));
      tf.dispose([xs, ys, bad]);
    }
    captured.dispose();
    letGo(plain);
    letGo(model);
    expect(reasons.slice(3, 5)).toEqual([undefined, undefined]);
    expect(reasons[5]).toBe('with these values another step is made');
  });
});

describe('several at once', () => {
  it.each([
    ['two models', () => [squares(), squares()]],
    ['one model twice', () => Array(2).fill(squares())],
  ])('%s', async (_name, create) => {
    const [plain, other] = [squares(), squares()];
    const [a, b] = create();
    const [first, second] = [captureTraining(a), captureTraining(b)];
    for (let step = 0; step < 12; step++) {
      const {xs, ys} = batch(a, 8, step);
      for (const [reference, captured] of [
        [plain, first],
        [a === b ? plain : other, second],
      ] as const) {
        const expected = await reference.trainOnBatch(xs, ys);
        expect(await captured.trainOnBatch(xs, ys)).toEqual(expected);
      }
      tf.dispose([xs, ys]);
    }
    expect(first.reason).toBeUndefined();
    expect(await stateOf(a)).toEqual(await stateOf(plain));
    first.dispose();
    second.dispose();
    for (const model of new Set([plain, other, a, b])) letGo(model);
  });
});

/** Tensors of 1 MiB until there is no room for another. */
function allThatFit(): tf.Tensor[] {
  const tensors: tf.Tensor[] = [];
  try {
    for (;;) tensors.push(tf.ones([2 ** 18]));
  } catch (error) {
    if (!(error instanceof OutOfMemoryError)) throw error;
  }
  return tensors;
}

describe('memory', () => {
  it('is the same after many steps as after one, and given back', async () => {
    const model = compiled('batch-norm-cnn', 'adam');
    const {xs, ys} = batch(model, 8, 1);
    await model.trainOnBatch(xs, ys);
    const before = memory();
    const captured = captureTraining(model);
    for (let step = 0; step < 3; step++) await captured.trainOnBatch(xs, ys);
    const {numTensors, numDataBuffers, heapBytes} = memory();
    expect({numTensors, numDataBuffers}).toEqual({
      numTensors: before.numTensors,
      numDataBuffers: before.numDataBuffers,
    });
    for (let step = 0; step < 20; step++) await captured.trainOnBatch(xs, ys);
    expect(captured.reason).toBeUndefined();
    expect(memory()).toMatchObject({numTensors, numDataBuffers, heapBytes});
    captured.dispose();
    expect(memory().heapBytes).toBeLessThanOrEqual(before.heapBytes + before.pendingBytes);
    await captured.trainOnBatch(xs, ys);
    expect(captured.reason).toBe('it was disposed');
    tf.dispose([xs, ys]);
    letGo(model);
  });

  it('is given back after the model is disposed', async () => {
    const model = squares();
    const {xs, ys} = batch(model, 8, 1);
    const captured = captureTraining(model);
    for (let step = 0; step < 5; step++) await captured.trainOnBatch(xs, ys);
    tf.dispose([xs, ys]);
    letGo(model);
    captured.dispose();
  });

  it('that is short ends the captured steps, not the training', async () => {
    const create = () => compiled('simple-cnn-a', 'adam');
    await restart({maxHeapBytes: 2 ** 26});
    try {
      const reasons = await expectSame(create, {
        steps: 12,
        between: (_model, step) => {
          if (step === 6) tf.dispose(allThatFit());
        },
      });
      expect(reasons.slice(RECORDED, 7)).toEqual(Array(4).fill(undefined));
      expect(reasons[7]).toBe('the step was recorded');
    } finally {
      await restart();
    }
  });
});

describe('what cannot be repeated is done by trainOnBatch', () => {
  it('a layer that draws random numbers', async () => {
    const seeds = new Map<object, number>();
    class Noise extends tfl.layers.Layer {
      static className = 'CaptureNoise';
      override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
        const seed = (seeds.get(this) ?? 0) + 1;
        seeds.set(this, seed);
        const x = [inputs].flat()[0];
        return tf.tidy(() => tf.add(x, tf.randomUniform(x.shape as number[], 0, 1, 'float32', seed)));
      }
    }
    const reasons = await expectSame(() => squares(new Noise({})), {steps: 12});
    expect(reasons[3]).toMatch(/other values each time/);
  });

  it('a layer that reads values', async () => {
    class Scale extends tfl.layers.Layer {
      static className = 'CaptureScale';
      override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
        const x = [inputs].flat()[0];
        return tf.tidy(() => tf.div(x, Math.max(...tf.abs(x).dataSync())));
      }
    }
    const reasons = await expectSame(() => squares(new Scale({})), {steps: 8});
    expect(reasons[2]).toMatch(/JavaScript reads/);
  });

  it('a layer that keeps a tensor of each step', async () => {
    const kept: tf.Tensor[] = [];
    class Keep extends tfl.layers.Layer {
      static className = 'CaptureKeep';
      override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
        const x = [inputs].flat()[0];
        kept.push(tf.keep(tf.mul(x, 2)));
        return tf.mul(x, 1);
      }
    }
    const reasons = await expectSame(() => squares(new Keep({})), {steps: 8});
    expect(reasons[2]).toBe('a tensor of it is kept');
    tf.dispose(kept);
  });

  it('on another backend', async () => {
    await tf.setBackend('cpu');
    const reasons = await expectSame(squares, {steps: 4});
    expect(new Set(reasons)).toEqual(new Set(['the backend does not record steps']));
  });

  it('what is no batch of the model fails as it does without', async () => {
    const model = squares();
    const captured = captureTraining(model);
    const {xs, ys} = batch(model, 8, 1);
    for (let step = 0; step < 5; step++) await captured.trainOnBatch(xs, ys);
    const wrong = tf.zeros([8, 3]);
    await expect(captured.trainOnBatch(wrong, ys)).rejects.toThrow(/expected a batch of elements/);
    wrong.dispose();
    await captured.trainOnBatch(xs, ys);
    expect(captured.reason).toBeUndefined();
    tf.dispose([xs, ys]);
    await expect(captured.trainOnBatch(xs, ys)).rejects.toThrow(/disposed/);
    captured.dispose();
    letGo(model);
  });
});
