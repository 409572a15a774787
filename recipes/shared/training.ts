import {dispose, type Tensor} from '@tensorflow/tfjs-core';
import type {LayersModel, Logs} from '@tensorflow/tfjs-layers';
import {type MnistSplit, toTensors} from 'mnist-wasm/mnist';
import {BatchDataset, seededRandom} from 'mnist-wasm/training';
import {median} from './metrics';
import {linearDecay, setLearningRate} from './schedule';

/** Keras's names; one value for each whole epoch, the val_ ones only where there is a validation set. */
export type TrainingHistory = Record<string, number[]>;

export interface TrainingSettings {
  train: MnistSplit;
  validation?: MnistSplit;
  epochs: number;
  batchSize: number;
  /** The step size that the first step begins with; it falls linearly to 0. */
  learningRate: number;
  /** Seed of the shuffling. */
  seed: number;
  /** Stops training after the current batch. */
  signal: AbortSignal;
  observer: TrainingObserver;
}

export interface TrainingObserver {
  onEpochBegin(epoch: number, steps: number): void;
  onBatchEnd(progress: EpochProgress): void;
  /** After an epoch's validation; not called for an epoch that was cut short. */
  onEpochEnd(epoch: number, logs: Record<string, number>): void;
}

export interface EpochProgress {
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

export interface TrainingResult {
  /** diverged: the loss or a weight became NaN or infinite, and the model is back at its last good epoch. */
  status: 'finished' | 'interrupted' | 'diverged';
  /** Of the whole epochs. */
  history: TrainingHistory;
  /** What was done of the epoch that was cut short. */
  partialEpoch: EpochProgress | null;
  steps: number;
  /** Median over the steps after the warm-up: putting the batch together, the step itself, reading its loss. */
  millisecondsPerStep: number | null;
  /** Wall time of it all, validation included. */
  seconds: number;
}

/** V8's optimising compiler takes over within some 20 calls of a kernel. */
const WARM_UP_STEPS = 20;
const VALIDATION_BATCH_SIZE = 250;

/** Trains a compiled model in place. The same settings on one backend and machine give the same bits. */
export async function trainModel(model: LayersModel, settings: TrainingSettings): Promise<TrainingResult> {
  const {observer, signal, validation} = settings;
  const started = performance.now();
  const history: TrainingHistory = {};
  const durations: number[] = [];
  let stepStarted = 0;
  let partialEpoch: EpochProgress | null = null;
  let diverged = false;
  let lastGood = copyWeights(model);
  const tensors = {train: toTensors(settings.train), validation: validation && toTensors(validation)};
  const train = new BatchDataset(tensors.train, settings.batchSize, {
    random: seededRandom(settings.seed),
    onBatch: () => {
      stepStarted = performance.now();
      setLearningRate(model, learningRateAt(durations.length));
    },
  });
  const learningRateAt = linearDecay(settings.learningRate, settings.epochs * train.size);

  const onBatchEnd = (epoch: number, logs: Logs) => {
    durations.push(performance.now() - stepStarted);
    partialEpoch = advance(partialEpoch ?? {epoch, step: 0, steps: train.size, images: 0, loss: 0, accuracy: 0}, logs);
    diverged = !Number.isFinite(logs.loss);
    observer.onBatchEnd(partialEpoch);
    if (diverged || signal.aborted) model.stopTraining = true;
  };

  const onEpochEnd = async (epoch: number, logs: Logs) => {
    // fitDataset ends an epoch that was stopped like any other, but without validation.
    const whole = partialEpoch?.step === train.size && (!validation || 'val_loss' in logs);
    diverged ||= !hasFiniteWeights(model);
    if (whole && !diverged) {
      partialEpoch = null;
      dispose(lastGood);
      lastGood = copyWeights(model);
      const named = kerasNames(logs);
      for (const [name, value] of Object.entries(named)) history[name] = [...(history[name] ?? []), value];
      observer.onEpochEnd(epoch, named);
    }
    // A signal that came during validation, which is one turn of the event loop, is delivered here.
    await new Promise(setImmediate);
    if (diverged || signal.aborted) model.stopTraining = true;
  };

  try {
    let epoch = 0;
    await model.fitDataset(train, {
      epochs: settings.epochs,
      validationData: tensors.validation && new BatchDataset(tensors.validation, VALIDATION_BATCH_SIZE),
      verbose: 0,
      // Between batches the event loop turns: signals are delivered and the progress bar is drawn.
      yieldEvery: 'batch',
      callbacks: {
        onEpochBegin: (index) => {
          epoch = index + 1;
          observer.onEpochBegin(epoch, train.size);
        },
        onBatchEnd: (_index, logs) => onBatchEnd(epoch, logs as Logs),
        onEpochEnd: (_index, logs) => onEpochEnd(epoch, logs as Logs),
      },
    });
    if (diverged) model.setWeights(lastGood);
  } finally {
    dispose([lastGood, tensors]);
  }
  const wholeRun = partialEpoch === null && epochsIn(history) === settings.epochs;
  return {
    status: diverged ? 'diverged' : wholeRun ? 'finished' : 'interrupted',
    history,
    partialEpoch,
    steps: durations.length,
    millisecondsPerStep: median(durations.slice(Math.min(WARM_UP_STEPS, durations.length >> 1))),
    seconds: (performance.now() - started) / 1000,
  };
}

/** The number of whole epochs. */
export function epochsIn(history: TrainingHistory): number {
  return history.loss?.length ?? 0;
}

function advance(before: EpochProgress, logs: Logs): EpochProgress {
  const images = before.images + logs.size;
  const share = logs.size / images;
  return {
    ...before,
    step: before.step + 1,
    images,
    loss: before.loss + (logs.loss - before.loss) * share,
    accuracy: before.accuracy + (logs.acc - before.accuracy) * share,
  };
}

/** tfjs-layers says acc where Keras says accuracy. */
function kerasNames(logs: Logs): Record<string, number> {
  return Object.fromEntries(Object.entries(logs).map(([name, value]) => [name.replace(/acc$/, 'accuracy'), value]));
}

/** Clones share the weights' memory until a step replaces them. */
function copyWeights(model: LayersModel): Tensor[] {
  return model.getWeights().map((weight) => weight.clone());
}

function hasFiniteWeights(model: LayersModel): boolean {
  return model.getWeights().every((weight) => weight.dataSync().every(Number.isFinite));
}
