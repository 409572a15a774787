import {dispose, type Tensor} from '@tensorflow/tfjs-core';
import {CustomCallback, type LayersModel, type Logs} from '@tensorflow/tfjs-layers';
import {type EarlyStopping, ImageDataGenerator, seededRandom} from 'mnist-wasm/training';
import {nextTurn} from '../../common/turn';
import {linearDecay, reseedDropout, setLearningRate, warmUp} from './schedule';
import {combinedSeed} from './seed';
import type {StageSettings} from './stage-settings';
import type {EpochProgress, TrainingState} from './state';

/** AlexNet's checkpoint is 360 MB, and written in about a second. */
const CHECKPOINT_INTERVAL_MS = 120_000;

/** What is kept while a stage is trained. */
export class StageRun {
  state: TrainingState;
  /** Batches of an epoch. */
  steps = 0;
  stepTimes: number[] = [];
  diverged = false;
  /** Shuffles the epoch under way. */
  random = seededRandom(0);

  private lastGood: Tensor[];
  private generator: ImageDataGenerator | undefined;
  private stepStarted = 0;
  private epochStarted = 0;
  private saved = performance.now();
  private readonly started = performance.now();

  constructor(
    private readonly model: LayersModel,
    private readonly settings: StageSettings,
    initial: TrainingState,
  ) {
    this.state = structuredClone(initial);
    this.lastGood = copyWeights(model);
  }

  callback(stopping: EarlyStopping | undefined): CustomCallback {
    return new CustomCallback(
      {
        onEpochBegin: async () => this.onEpochBegin(),
        onBatchEnd: async (_index, logs) => this.onBatchEnd(logs as Logs, stopping),
        onEpochEnd: async (_index, logs) => this.onEpochEnd(logs as Logs, stopping),
      },
      // onBatchEnd does: tfjs would wait for an animation frame.
      'never',
    );
  }

  /** Before a batch is put together. */
  onBatch(): void {
    const {optimizer, stage, seed, warmUpSteps = 0} = this.settings;
    this.stepStarted = performance.now();
    const done = this.state.epochs * this.steps + (this.state.partialEpoch?.step ?? 0);
    if (optimizer.decays || done <= warmUpSteps) {
      const rate = optimizer.decays
        ? linearDecay(optimizer.learningRate, stage.epochs * this.steps)(done)
        : optimizer.learningRate;
      setLearningRate(this.model, rate * warmUp(warmUpSteps)(done));
    }
    reseedDropout(this.model, combinedSeed(seed, this.state.steps));
  }

  augment(xs: Tensor): Tensor {
    if (!this.generator) throw new Error('no epoch has begun');
    return this.generator.randomTransform(xs as Parameters<ImageDataGenerator['randomTransform']>[0]);
  }

  restoreAfterDivergence(): void {
    if (this.diverged) this.model.setWeights(this.lastGood);
  }

  dispose(): void {
    dispose(this.lastGood);
  }

  private onEpochBegin(): void {
    const {stage, seed, observer} = this.settings;
    const {epochs, partialEpoch} = this.state;
    this.epochStarted = performance.now();
    this.random = seededRandom(combinedSeed(seed, this.state.stage, epochs));
    if (stage.augmentation) {
      const ownSeed = combinedSeed(seed, this.state.stage, epochs, 0);
      this.generator = new ImageDataGenerator({...stage.augmentation, seed: ownSeed});
      // The numbers that the images before the checkpoint have drawn; their size does not matter.
      for (let image = 0; image < (partialEpoch?.images ?? 0); image++) this.generator.getRandomTransform(1, 1);
    }
    observer.onEpochBegin(epochs + 1, this.steps, partialEpoch?.step ?? 0);
  }

  private async onBatchEnd(logs: Logs, stopping: EarlyStopping | undefined): Promise<void> {
    const {state, settings} = this;
    this.stepTimes.push(performance.now() - this.stepStarted);
    const begun = {epoch: state.epochs + 1, step: 0, steps: this.steps, images: 0, loss: 0, accuracy: 0};
    state.partialEpoch = advance(state.partialEpoch ?? begun, logs);
    state.steps++;
    this.diverged = !Number.isFinite(logs.loss);
    await settings.observer.onBatchEnd(state.partialEpoch);
    await nextTurn();
    if (this.diverged || settings.signal.aborted) this.model.stopTraining = true;
    else if (performance.now() - this.saved >= (settings.checkpointInterval ?? CHECKPOINT_INTERVAL_MS))
      await this.save(stopping);
  }

  private async onEpochEnd(logs: Logs, stopping: EarlyStopping | undefined): Promise<void> {
    const {state, settings, model} = this;
    // fitDataset ends an epoch that was stopped like any other, but without validation.
    const whole = state.partialEpoch?.step === this.steps && (!settings.validation || 'val_loss' in logs);
    this.diverged ||= !hasFiniteWeights(model);
    if (whole && !this.diverged) this.keepEpoch(logs);
    // A signal that came during validation, which is one turn of the event loop, is delivered here.
    await nextTurn();
    if (this.diverged || settings.signal.aborted) model.stopTraining = true;
    if (!this.diverged) await this.save(stopping);
  }

  private keepEpoch(logs: Logs): void {
    const {state, settings, model} = this;
    dispose(this.lastGood);
    this.lastGood = copyWeights(model);
    const named = {
      ...kerasNames(logs),
      loss: state.partialEpoch?.loss ?? 0,
      accuracy: state.partialEpoch?.accuracy ?? 0,
    };
    for (const [name, value] of Object.entries(named)) state.history[name] = [...(state.history[name] ?? []), value];
    state.epochSeconds.push((performance.now() - this.epochStarted) / 1000);
    state.epochs++;
    state.partialEpoch = null;
    settings.observer.onEpochEnd(state.epochs, named);
  }

  private async save(stopping: EarlyStopping | undefined): Promise<void> {
    this.state.earlyStopping = stopping?.getState() ?? null;
    this.saved = performance.now();
    await this.settings.saveCheckpoint?.({...this.state, seconds: this.secondsSoFar()});
    this.saved = performance.now();
  }

  secondsSoFar(): number {
    return this.state.seconds + (performance.now() - this.started) / 1000;
  }
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
