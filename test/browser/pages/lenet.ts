/** A training as an application runs it: LeNet on digits that are drawn, tested on digits that it has not seen. */
import * as tf from '@tensorflow/tfjs-core';
import type {FeatureLevel} from 'mnist-wasm';
import {drawDigits, toTensors} from 'mnist-wasm/mnist';
import {lenet} from '../../../recipes';
import {checkNothingIsLeft, start} from './backend';

const TRAIN = 6000;
const TEST = 1000;
const EPOCHS = 5;
const BATCH_SIZE = 60;

export interface Trained {
  /** The mean loss of each epoch. */
  losses: number[];
  /** Of the test digits that it gets right. */
  accuracy: number;
}

/** Starts the backend at a level, trains and tests. The same bits on every run, with any number of threads. */
export async function trainLenet(level: FeatureLevel, threads?: number): Promise<Trained> {
  await start(level, threads);
  const train = toTensors(drawDigits({count: TRAIN, seed: 1}));
  const test = toTensors(drawDigits({count: TEST, seed: 1, start: TRAIN}));
  const model = lenet(1);
  model.compile({optimizer: 'adam', loss: 'categoricalCrossentropy', metrics: ['accuracy']});
  const {history} = await model.fit(train.xs, train.ys, {
    epochs: EPOCHS,
    batchSize: BATCH_SIZE,
    shuffle: false,
    verbose: 0,
  });
  const [loss, accuracy] = model.evaluate(test.xs, test.ys) as tf.Scalar[];
  const trained = {losses: history.loss as number[], accuracy: (await accuracy.data())[0]};
  tf.dispose([loss, accuracy, ...Object.values(train), ...Object.values(test)]);
  model.dispose();
  checkNothingIsLeft();
  return trained;
}
