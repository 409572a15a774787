import type {Tensor} from '@tensorflow/tfjs-core';
import type {Batch, ExampleSource, ModelCheckpoint} from 'mnist-wasm/training';
import type {EarlyStoppingSettings, OptimizerSettings, Stage} from '../recipe';
import type {EpochProgress, TrainingState} from './state';

export interface StageSettings {
  train: Batch | ExampleSource;
  validation?: Batch | ExampleSource;
  stage: Stage;
  optimizer: Pick<OptimizerSettings, 'learningRate' | 'decays'>;
  /** Steps over which the learning rate rises to what it is to be. Default: 0. */
  warmUpSteps?: number;
  earlyStopping?: EarlyStoppingSettings;
  /** The weights of the best epoch so far, where early stopping goes on from the state. */
  bestWeights?: readonly Tensor[];
  /** Saves the model of the best epoch. */
  keepBest?: ModelCheckpoint;
  /** Seed of the shuffling, of dropout and of the augmentation. */
  seed: number;
  /** Stops training after the current batch. */
  signal: AbortSignal;
  observer: TrainingObserver;
  /** Called after every epoch, at times within one, and where training is cut short. */
  saveCheckpoint?(state: TrainingState): Promise<void>;
  /** Milliseconds from one checkpoint to the next within an epoch. Default: two minutes. */
  checkpointInterval?: number;
}

export interface TrainingObserver {
  onEpochBegin(epoch: number, steps: number, done: number): void;
  /** What it returns is awaited before the next batch; the time that it takes is not counted as the step's. */
  onBatchEnd(progress: EpochProgress): unknown;
  /** After an epoch's validation; not called for an epoch that was cut short. */
  onEpochEnd(epoch: number, logs: Record<string, number>): void;
}
