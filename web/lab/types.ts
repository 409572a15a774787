/** What passes between the page and its worker: plain data. */
import type {FeatureLevel} from 'mnist-wasm';
import type {MnistData, Progress} from 'mnist-wasm/mnist';
import type {ClassificationMetrics} from '../../recipes';

export const BACKENDS = ['mnist-wasm', 'wasm', 'cpu', 'webgl'] as const;
export type BackendName = (typeof BACKENDS)[number];

export interface BackendInfo {
  name: BackendName;
  /** Of mnist-wasm alone. */
  featureLevel: FeatureLevel | undefined;
  /** Of webgl: the processor draws in place of a graphics processor. */
  inSoftware?: boolean;
}

/** A model of a recipe, by their names in recipes/catalogue.ts. */
export interface ModelChoice {
  recipe: string;
  model: string;
}

/** A recipe, without what makes its models: that is the worker's. */
export interface RecipeInfo {
  name: string;
  title: string;
  summary: string;
  models: {name: string; title: string}[];
  training: TrainingInfo;
}

/** How a recipe trains where nothing else is said. */
export interface TrainingInfo {
  stages: number;
  /** Of each stage. */
  epochs: number[];
  batchSize: number;
  learningRate: number;
  optimizer: string;
  /** What no network has that is put together on the page. */
  beyond: readonly ('stages' | 'augmentation' | 'earlyStopping')[];
}

export interface ModelInfo {
  training: TrainingInfo;
  parameters: number;
  layers: LayerInfo[];
}

interface LayerInfo {
  name: string;
  type: string;
  /** Without the batch. */
  outputShape: number[];
  parameters: number;
}

/** Where the images are to come from. */
export type DataChoice =
  /** MNIST as it is kept, else from the mirror, else the built-in digits: for a page that nobody told yet. */
  | {from: 'best'; mirror: string | undefined}
  | {from: 'server'; mirror: string}
  | {from: 'internet' | 'kept' | 'digits'}
  | {from: 'files'; files: File[]};

/** Of one file of the four. */
export type DataProgress = Progress;

export interface DataInfo {
  source: MnistData['source'];
  description: string;
  /** Images. */
  train: number;
  test: number;
  /** The browser keeps MNIST, whether it is in use or not. */
  kept: boolean;
}

export interface Digit {
  /** [784], 0 background to 255 ink. */
  pixels: Uint8Array;
  label: number;
}

export interface TrainSettings {
  /** Of each of the recipe's stages. */
  epochs: number;
  batchSize: number;
  learningRate: number;
  /** Of order, dropout and augmentation. */
  seed: number;
}

/** How far a training is; the figures are of the last batches, smoothed. */
export interface TrainProgress {
  stage: string;
  /** From 1, of all stages together, and of earlier trainings of this network. */
  epoch: number;
  epochs: number;
  /** Epochs done, with the fraction of the one under way. */
  position: number;
  /** Of these, those of earlier trainings. */
  before: number;
  /** Until it is done, at the rate of the last two seconds; checks are not counted. */
  secondsLeft: number;
  loss: number;
  accuracy: number;
  imagesPerSecond: number;
  /** That compute; undefined where a graphics processor does. */
  threads: number | undefined;
  /** Of training alone: pauses and checks on other images are not counted. */
  seconds: number;
}

/** The model on images that it does not train on. */
export interface Check {
  position: number;
  images: number;
  loss: number;
  accuracy: number;
}

export interface TrainObserver {
  onProgress(progress: TrainProgress): void;
  onCheck(check: Check): void;
}

export interface TrainEnd {
  status: 'finished' | 'stopped' | 'diverged';
  /** Trained for less than was planned, because the model no longer improved. */
  stoppedEarly: boolean;
  seconds: number;
  /** Passes over the images that the network has seen in all. */
  epochs: number;
  /** Why the model could not be kept in the browser's storage; undefined where it is there. */
  notKept?: string;
}

export interface Evaluation extends Omit<ClassificationMetrics, 'mistakes'> {
  mistakes: Answered[];
  /** Of each digit the images that it got right with the least confidence. */
  unsure: Answered[];
}

/** A test image, and what the model took it for. */
export interface Answered extends Digit {
  /** Position among the test images. */
  index: number;
  predicted: number;
  confidence: number;
}

/** [height, width] of any range. */
export interface Picture {
  values: Float32Array;
  width: number;
  height: number;
}
