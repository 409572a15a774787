import type {EarlyStoppingState} from 'mnist-wasm/training';

/** Keras's names; one value for each whole epoch, the val_ ones only where there is a validation set. */
export type TrainingHistory = Record<string, number[]>;

export interface EpochProgress {
  /** Counted from 1, in its stage. */
  epoch: number;
  /** Batches of this epoch done so far. */
  step: number;
  /** All batches of an epoch. */
  steps: number;
  images: number;
  /** Means over this epoch's images so far. */
  loss: number;
  accuracy: number;
}

/** The test set's figures after a stage. */
export interface StageResult {
  title: string;
  /** Whole epochs. */
  epochs: number;
  accuracy: number;
  loss: number;
}

/** How far a run has come: what a checkpoint holds beside the weights; plain JSON. */
export interface TrainingState {
  /** Position of the stage under way. */
  stage: number;
  /** Whole epochs of this stage. */
  epochs: number;
  /** What is done of the epoch under way; null between epochs. */
  partialEpoch: EpochProgress | null;
  /** Of all stages' whole epochs. */
  history: TrainingHistory;
  /** Wall time of each whole epoch, its validation included. */
  epochSeconds: number[];
  /** Steps of all stages. */
  steps: number;
  /** Wall time of it all. */
  seconds: number;
  finishedStages: StageResult[];
  /** How often the run was taken up again. */
  resumed: number;
  earlyStopping: EarlyStoppingState | null;
}

export function initialState(): TrainingState {
  return {
    stage: 0,
    epochs: 0,
    partialEpoch: null,
    history: {},
    epochSeconds: [],
    steps: 0,
    seconds: 0,
    finishedStages: [],
    resumed: 0,
    earlyStopping: null,
  };
}

/** The number of whole epochs. */
export function epochsIn(history: TrainingHistory): number {
  return history.loss?.length ?? 0;
}
