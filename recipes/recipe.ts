import type {LayersModel} from '@tensorflow/tfjs-layers';
import type {ImageDataGeneratorOptions} from 'mnist-wasm/training';

/** One of the published projects: its models, and how it trains them unless the command line says otherwise. */
export interface Recipe {
  /** The name on the command line and of the output folder. */
  name: string;
  title: string;
  /** One line for the list of recipes. */
  summary: string;
  /** What can be chosen with `--model`; the first is the default. */
  models: readonly RecipeModel[];
  /** Trained one after the other, each from where the one before it ended. */
  stages: readonly Stage[];
  optimizer: OptimizerSettings;
  /** The sparse one takes the labels as integers, the other one-hot. */
  loss: 'categoricalCrossentropy' | 'sparseCategoricalCrossentropy';
  validation: Validation;
  earlyStopping?: EarlyStoppingSettings;
}

export interface RecipeModel {
  name: string;
  /** Stands behind that of the recipe where it has several models. */
  title: string;
  /** The test accuracy that the original published, after each stage. */
  published: readonly number[];
  /** The uncompiled model; the same seed gives the same initial weights. */
  build(seed: number): LayersModel;
}

export interface Stage {
  title: string;
  epochs: number;
  batchSize: number;
  /** Random changes to every training image. */
  augmentation?: ImageDataGeneratorOptions;
}

export interface OptimizerSettings {
  name: 'sgd' | 'momentum' | 'adam' | 'adamax' | 'rmsprop' | 'adagrad' | 'adadelta';
  learningRate: number;
  /** The learning rate falls linearly to 0 over a stage; otherwise it stays as it is. */
  decays: boolean;
}

/** What each epoch is validated on: the last or the first of the training images, held out, or the test images. */
export type Validation = {on: 'last'; fraction: number} | {on: 'first'; count: number} | {on: 'test'};

/** The weights of the best epoch are restored at the end. */
export interface EarlyStoppingSettings {
  monitor: 'val_loss' | 'val_accuracy';
  /** Epochs without an improvement after which training stops. */
  patience: number;
}
