import {dispose, type Tensor} from '@tensorflow/tfjs-core';
import {Callback} from '@tensorflow/tfjs-layers';
import {checkInteger} from '../mnist/check.js';
import {assertBooleans, assertOptions, misfit} from '../shared/given.js';
import {type EpochLogs, Monitor, type MonitorMode} from './monitor.js';
import {type BestState, checkBest, toJson} from './state.js';

export interface EarlyStoppingOptions {
  /** The value that is followed: `loss`, `val_loss`, `val_accuracy` ... Default: val_loss. */
  monitor?: string;
  /** What is better by less than this, or by just as much, is no improvement. Default: 0. */
  minDelta?: number;
  /** Epochs without improvement after which training stops. Default: 0. */
  patience?: number;
  /** Default: auto. */
  mode?: MonitorMode;
  /** Only what is better than this ends the waiting too. Default: none. */
  baseline?: number;
  /** Give the model the weights of its best epoch when training ends. Default: false. */
  restoreBestWeights?: boolean;
  /** Epochs before this one, counted from 0, are not looked at. Default: 0. */
  startFromEpoch?: number;
}

/** What an interrupted training must know to go on; plain JSON. */
export interface EarlyStoppingState extends BestState {
  /** Epochs without improvement up to now. */
  wait: number;
}

const MAX_EPOCHS = Number.MAX_SAFE_INTEGER;

/**
 * Stops training when a value no longer gets better: keras.callbacks.EarlyStopping of Keras 3, for `fit` and
 * `fitDataset`. tfjs-layers has one without `restoreBestWeights`, `startFromEpoch` and state.
 *
 * As in Keras, `restoreBestWeights` applies however the training ends, also after its last epoch or by `stopTraining`;
 * an epoch is restored whether or not it was better than `baseline`; and the first epoch never stops the training.
 * Unlike there, `best` is forgotten too when another training begins.
 *
 * An epoch in which the value is missing is passed over, with a warning unless it was cut short.
 *
 * @example
 * const stopping = new EarlyStopping({patience: 10, restoreBestWeights: true});
 * await model.fitDataset(dataset, {epochs: 60, validationData, callbacks: [stopping]});
 * console.log(stopping.stoppedEpoch, stopping.bestEpoch, stopping.best);
 */
export class EarlyStopping extends Callback {
  /** The epoch that training was stopped after, counted from 0; 0 where it was not stopped. */
  stoppedEpoch = 0;
  /** The epoch of `best`, counted from 0. */
  bestEpoch = 0;
  /** The best value so far; before the first one infinity, or minus infinity where more is better. */
  best: number;

  private wait = 0;
  private weights: Tensor[] | null = null;
  private isResumed = false;
  private readonly monitor: Monitor;
  private readonly options: Required<Omit<EarlyStoppingOptions, 'monitor' | 'mode' | 'baseline'>>;
  private readonly baseline?: number;

  /** @throws RangeError where an option is out of range, or the mode is `auto` and the name does not tell it. */
  constructor(given: EarlyStoppingOptions = {}) {
    super();
    assertOptions(given);
    assertBooleans(given, ['restoreBestWeights']);
    const {monitor = 'val_loss', mode = 'auto', baseline, ...options} = given;
    const {minDelta = 0, patience = 0, restoreBestWeights = false, startFromEpoch = 0} = options;
    if (!Number.isFinite(minDelta)) throw new RangeError(misfit('minDelta', 'a number', minDelta));
    if (baseline !== undefined && (typeof baseline !== 'number' || Number.isNaN(baseline))) {
      throw new RangeError(misfit('baseline', 'a number', baseline));
    }
    checkInteger('patience', patience, 0, MAX_EPOCHS);
    checkInteger('startFromEpoch', startFromEpoch, 0, MAX_EPOCHS);
    this.monitor = new Monitor(monitor, mode);
    this.options = {minDelta: Math.abs(minDelta), patience, restoreBestWeights, startFromEpoch};
    this.baseline = baseline;
    this.best = this.monitor.worst;
  }

  /** The weights of the best epoch, in the order of `model.getWeights()`; null where none are kept. Not to be disposed. */
  get bestWeights(): readonly Tensor[] | null {
    return this.weights;
  }

  getState(): EarlyStoppingState {
    return {wait: this.wait, best: toJson(this.best), bestEpoch: this.bestEpoch};
  }

  /**
   * What `getState` gave, for the next training, which goes on from there: pass it the `initialEpoch`.
   *
   * @param bestWeights with `restoreBestWeights` the weights of the best epoch; they are copied.
   * @throws RangeError where it is no state, or the weights are missing: nothing is set then.
   */
  setState(state: EarlyStoppingState, bestWeights?: readonly Tensor[]): void {
    checkBest(state);
    const {wait, best, bestEpoch} = state;
    checkInteger('wait', wait, 0, MAX_EPOCHS);
    if (this.options.restoreBestWeights && best !== null && bestWeights === undefined) {
      throw new RangeError('setState: restoreBestWeights needs the best weights too.');
    }
    this.reset();
    Object.assign(this, {wait, bestEpoch, best: best ?? this.monitor.worst});
    if (this.options.restoreBestWeights && bestWeights) this.keep(bestWeights);
    this.isResumed = true;
  }

  override async onTrainBegin(): Promise<void> {
    if (!this.isResumed) this.reset();
    this.isResumed = false;
    this.stoppedEpoch = 0;
  }

  override async onEpochEnd(epoch: number, logs?: EpochLogs): Promise<void> {
    const value = await this.monitor.valueIn(logs);
    if (value === undefined && !this.model.stopTraining) this.monitor.warnOfAbsence('EarlyStopping', logs);
    const {minDelta, patience, restoreBestWeights, startFromEpoch} = this.options;
    if (value === undefined || epoch < startFromEpoch) return;

    const improves = (on: number) => this.monitor.isBetter(value, on, minDelta);
    const isBest = improves(this.best);
    if (isBest || (restoreBestWeights && this.weights === null)) {
      this.bestEpoch = epoch;
      if (restoreBestWeights) this.keep(this.model.getWeights());
    }
    this.wait++;
    if (isBest) {
      this.best = value;
      if (this.baseline === undefined || improves(this.baseline)) this.wait = 0;
    } else if (this.wait >= patience && epoch > 0) {
      this.stoppedEpoch = epoch;
      this.model.stopTraining = true;
    }
  }

  override async onTrainEnd(): Promise<void> {
    if (this.weights) this.model.setWeights(this.weights);
    this.dispose();
  }

  /** Lets go of the weights that are kept: for a training that ended by an error. Every other end does so itself. */
  dispose(): void {
    dispose(this.weights ?? []);
    this.weights = null;
  }

  private reset(): void {
    this.dispose();
    Object.assign(this, {wait: 0, bestEpoch: 0, best: this.monitor.worst});
  }

  /** Clones share the weights' memory until a step replaces them. */
  private keep(weights: readonly Tensor[]): void {
    this.dispose();
    this.weights = weights.map((weight) => weight.clone());
  }
}
