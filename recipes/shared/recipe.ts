import {train} from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';

/** A model and the settings it is trained with unless the command line says otherwise. */
export interface Recipe {
  /** The name on the command line and of the output folder. */
  name: string;
  title: string;
  epochs: number;
  batchSize: number;
  /** The step size at the start; it falls linearly to 0. */
  learningRate: number;
  /** The fraction of the training images, taken from their end, that is held out to validate each epoch. */
  validationSplit: number;
  /** The uncompiled model; the same seed gives the same initial weights. */
  build(seed: number): LayersModel;
}

/** Keras's Adam, whose epsilon is 1e-7 where `tf.train.adam` without one takes the backend's. */
export function compileForClassification(model: LayersModel, learningRate: number): void {
  model.compile({
    optimizer: train.adam(learningRate, 0.9, 0.999, 1e-7),
    loss: 'categoricalCrossentropy',
    metrics: ['accuracy'],
  });
}
