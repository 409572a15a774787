/** Steps that are recorded and repeated: the same bits as model.trainOnBatch. */
import * as tf from '@tensorflow/tfjs-core';
import 'mnist-wasm';
import {captureTraining} from 'mnist-wasm/training';
import {beforeEach, describe, expect, it} from 'vitest';
import {batch, compiled, expectRepeated, expectSame, letGo, models, OPTIMIZERS, squares, stateOf} from './captured';

beforeEach(async () => {
  await tf.setBackend('mnist-wasm');
});

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
      expect(await model.trainOnBatch(bad, ys)).toEqual(expected);
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
  it('two models', async () => {
    const [plain, other, a, b] = [squares(), squares(), squares(), squares()];
    const [first, second] = [captureTraining(a), captureTraining(b)];
    for (let step = 0; step < 12; step++) {
      const {xs, ys} = batch(a, 8, step);
      for (const [reference, model] of [
        [plain, a],
        [other, b],
      ] as const) {
        expect(await model.trainOnBatch(xs, ys)).toEqual(await reference.trainOnBatch(xs, ys));
      }
      tf.dispose([xs, ys]);
    }
    expect([first.reason, second.reason]).toEqual([undefined, undefined]);
    expect(await stateOf(a)).toEqual(await stateOf(plain));
    first.dispose();
    second.dispose();
    for (const model of [plain, other, a, b]) letGo(model);
  });

  it('one model twice: the last counts', async () => {
    const model = squares();
    const [first, last] = [captureTraining(model), captureTraining(model)];
    const {xs, ys} = batch(model, 8, 1);
    for (let step = 0; step < 5; step++) await model.trainOnBatch(xs, ys);
    expect([first.reason, last.reason]).toEqual(['no step was recorded yet', undefined]);
    first.dispose();
    await model.trainOnBatch(xs, ys);
    expect(last.reason).toBeUndefined();
    last.dispose();
    await model.trainOnBatch(xs, ys);
    expect(last.reason).toBe('it was disposed');
    tf.dispose([xs, ys]);
    letGo(model);
  });
});
