import {cast, dispose, type Optimizer, oneHot, randomUniform, type Tensor, tidy} from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import {type CapturedTraining, captureTraining} from 'mnist-wasm/training';
import {findModel, type ModelCase, optimizerOf} from '.';

/** What is repeated, and what it holds. */
export interface PreparedModel {
  model: LayersModel;
  optimizer: Optimizer;
  call: () => unknown;
  /** Captures the training of the model: `call` repeats steps from then on. */
  capture: () => CapturedTraining;
  dispose: () => void;
}

/** A model on tfjs's active backend, with a batch of its own. */
export function prepareModel(modelCase: ModelCase): PreparedModel {
  const {task, batch} = modelCase;
  const benchModel = findModel(modelCase.model);
  const model = benchModel.create();
  const xs = randomUniform([batch, ...benchModel.input], 0, 1, 'float32', 1);
  const ys = tidy(() => cast(oneHot(cast(randomUniform([batch], 0, 10, 'float32', 2), 'int32'), 10), 'float32'));
  const optimizer = optimizerOf(modelCase);
  model.compile({optimizer, loss: 'categoricalCrossentropy'});

  /** From the batch to the probabilities in JavaScript. */
  const predict = () => {
    const probabilities = model.predict(xs) as Tensor;
    probabilities.dataSync();
    probabilities.dispose();
  };
  return {
    model,
    optimizer,
    // A step: forward, backward, update, and the loss in JavaScript.
    call: task === 'inference' ? predict : () => model.trainOnBatch(xs, ys),
    capture: () => captureTraining(model),
    dispose() {
      dispose([xs, ys]);
      optimizer.dispose();
      model.dispose();
    },
  };
}
