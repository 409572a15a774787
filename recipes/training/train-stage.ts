import type {LayersModel} from '@tensorflow/tfjs-layers';
import {BatchDataset, captureTraining, EarlyStopping} from 'mnist-wasm/training';
import {StageRun} from './stage-run';
import type {StageSettings} from './stage-settings';
import type {TrainingState} from './state';

export interface StageTraining {
  /** diverged: the loss or a weight became NaN or infinite, and the model is back at its last good epoch. */
  status: 'finished' | 'interrupted' | 'diverged';
  state: TrainingState;
  /** The epoch whose weights the model has now, from 1; null where that is the last one. */
  bestEpoch: number | null;
  stoppedEarly: boolean;
  /** Milliseconds of each step of this process after the warm-up: its batch, the step itself, reading its loss. */
  stepTimes: number[];
}

/** V8's optimising compiler takes over within some 20 calls of a kernel. */
const WARM_UP_STEPS = 20;
const VALIDATION_BATCH_SIZE = 250;

/**
 * Trains a compiled model in place, from where `state` is. The same settings on one backend and machine give the same
 * bits, also where training is taken up from a checkpoint.
 */
export async function trainStage(
  model: LayersModel,
  settings: StageSettings,
  initial: TrainingState,
): Promise<StageTraining> {
  const {stage, signal} = settings;
  const stopped = hasStopped(settings, initial);
  if (stopped || initial.epochs >= stage.epochs) return finished(model, settings, initial, stopped);
  const run = new StageRun(model, settings, initial);
  const train = new BatchDataset(settings.train, stage.batchSize, {
    random: () => run.random(),
    skip: () => run.state.partialEpoch?.step ?? 0,
    onBatch: () => run.onBatch(),
    transform: stage.augmentation && ((xs) => run.augment(xs)),
  });
  run.steps = train.size;
  const stopping = earlyStopping(settings, initial);
  const callbacks = [stopping, settings.keepBest, run.callback(stopping)].filter((callback) => callback !== undefined);
  const {validation} = settings;
  const captured = captureTraining(model);
  try {
    await model.fitDataset(train, {
      epochs: stage.epochs,
      initialEpoch: initial.epochs,
      validationData: validation && new BatchDataset(validation, VALIDATION_BATCH_SIZE),
      verbose: 0,
      callbacks,
    });
    run.restoreAfterDivergence();
  } finally {
    captured.dispose();
    stopping?.dispose();
    run.dispose();
  }
  const state = {...run.state, seconds: run.secondsSoFar()};
  const stoppedEarly = stopping !== undefined && stopping.stoppedEpoch > 0;
  const whole = state.partialEpoch === null && (stoppedEarly || state.epochs === stage.epochs);
  return {
    status: run.diverged ? 'diverged' : whole || !signal.aborted ? 'finished' : 'interrupted',
    state,
    bestEpoch: stopping && state.epochs > 0 ? stopping.bestEpoch + 1 : null,
    stoppedEarly,
    stepTimes: run.stepTimes.slice(Math.min(WARM_UP_STEPS, run.stepTimes.length >> 1)),
  };
}

/** Whether early stopping ended the stage before: its last epoch has left a checkpoint like any other. */
function hasStopped({earlyStopping}: StageSettings, {earlyStopping: state, epochs}: TrainingState): boolean {
  if (!earlyStopping || !state) return false;
  return state.wait > 0 && state.wait >= earlyStopping.patience && epochs > 1;
}

/** A stage whose training was over when its process was ended. */
function finished(
  model: LayersModel,
  {earlyStopping, bestWeights}: StageSettings,
  state: TrainingState,
  stoppedEarly: boolean,
): StageTraining {
  const best = earlyStopping && state.earlyStopping;
  if (best && bestWeights) model.setWeights([...bestWeights]);
  return {status: 'finished', state, bestEpoch: best ? best.bestEpoch + 1 : null, stoppedEarly, stepTimes: []};
}

function earlyStopping(settings: StageSettings, {earlyStopping}: TrainingState): EarlyStopping | undefined {
  if (!settings.earlyStopping) return undefined;
  const stopping = new EarlyStopping({...settings.earlyStopping, restoreBestWeights: true});
  if (earlyStopping) stopping.setState(earlyStopping, settings.bestWeights);
  return stopping;
}
