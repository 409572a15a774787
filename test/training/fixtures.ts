import {type Scalar, scalar, type Tensor, tensor} from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-layers';

/** One weight, w, and y = w x; compiled with a step that shrinks w. */
export function oneWeight(): tf.Sequential {
  const layer = tf.layers.dense({units: 1, inputShape: [1], useBias: false, kernelInitializer: 'ones'});
  const model = tf.sequential({layers: [layer]});
  model.compile({optimizer: 'sgd', loss: 'meanSquaredError', metrics: ['accuracy']});
  return model;
}

export function discard(model: tf.LayersModel): void {
  model.dispose();
  model.optimizer?.dispose();
}

export const weightOf = (model: tf.LayersModel): number => model.getWeights()[0].dataSync()[0];

export function setWeight(model: tf.LayersModel, value: number): void {
  const weight = tensor([[value]]);
  model.setWeights([weight]);
  weight.dispose();
}

/**
 * Plays a training in which the model's weight is 1 after the first epoch, 2 after the second ..., and the logs are as
 * given, until a callback stops it.
 *
 * @returns the number of epochs that were run.
 */
export async function play(
  model: tf.LayersModel,
  callback: tf.Callback,
  logs: Record<string, number>[],
  initialEpoch = 0,
): Promise<number> {
  callback.setModel(model);
  model.stopTraining = false;
  await callback.onTrainBegin();
  let epoch = initialEpoch;
  for (; epoch < logs.length && !model.stopTraining; epoch++) {
    setWeight(model, epoch + 1);
    // Half of the values are still on the backend, as tfjs-layers has them.
    const values = Object.entries(logs[epoch]).map(
      ([name, value]) => [name, epoch % 2 ? scalar(value) : value] as const,
    );
    await callback.onEpochEnd(epoch, Object.fromEntries(values) as Record<string, number>);
    for (const [, value] of values) (value as Scalar).dispose?.();
  }
  await callback.onTrainEnd();
  return epoch;
}

/** So many epochs' logs, each with one value. */
export const valued = (name: string, values: number[]) => values.map((value) => ({[name]: value}));

export function examples(): {xs: Tensor; ys: Tensor} {
  return {xs: tensor([[1], [2], [3], [4]]), ys: tensor([[0], [0], [0], [0]])};
}
