import {io} from '@tensorflow/tfjs-core';
import {Callback} from '@tensorflow/tfjs-layers';
import {assertBooleans, assertGiven, assertOptions} from '../shared/given.js';
import {type EpochLogs, Monitor, type MonitorMode, resolved} from './monitor.js';
import {type BestState, checkBest, toJson} from './state.js';

/** What `model.save` takes: a URL or a handler. */
export type SaveTarget = string | io.IOHandler;

export interface ModelCheckpointOptions {
  /** The value that tells the best epoch. Default: val_loss. */
  monitor?: string;
  /** Default: auto. */
  mode?: MonitorMode;
  /** Save only what is better than all before. Default: false, after every epoch. */
  saveBestOnly?: boolean;
  /**
   * Save the optimizer too, so that training can go on. Default: false. tfjs-core makes a scalar for each save that it
   * never disposes.
   */
  includeOptimizer?: boolean;
}

/**
 * Saves the model after each epoch, or after each that is the best so far: keras.callbacks.ModelCheckpoint of Keras 3,
 * for `fit` and `fitDataset`. As there, the best is remembered from one training to the next. With `fileSystem` of
 * mnist-wasm/node, or a `file://` URL that it handles, a save that is interrupted leaves the former model.
 *
 * An epoch without the value is saved, with a warning, as Keras does; but not one that was cut short.
 *
 * @example
 * new ModelCheckpoint(fileSystem('out/best'), {saveBestOnly: true})
 * new ModelCheckpoint((epoch, logs) => `file://out/epoch-${epoch}-${logs.val_loss.toFixed(3)}`)
 */
export class ModelCheckpoint extends Callback {
  /** The epoch of `best`, counted from 0. */
  bestEpoch = 0;
  /** The best value so far; before the first one infinity, or minus infinity where more is better. */
  best: number;

  private readonly monitor: Monitor;
  private readonly saveBestOnly: boolean;
  private readonly includeOptimizer: boolean;

  /**
   * @param target where to save, or a function of the epoch, counted from 0, and its logs that tells.
   * @throws RangeError where the mode is unknown, or `auto` and the name does not tell it.
   */
  constructor(
    private readonly target: SaveTarget | ((epoch: number, logs: Record<string, number>) => SaveTarget),
    options: ModelCheckpointOptions = {},
  ) {
    super();
    const isTarget = typeof target === 'function' || (typeof target === 'string' && target !== '') || isHandler(target);
    assertGiven(isTarget, 'target', 'a URL, an IO handler with save, or a function that gives one', target);
    assertOptions(options);
    assertBooleans(options, ['saveBestOnly', 'includeOptimizer']);
    const {monitor = 'val_loss', mode = 'auto', saveBestOnly = false, includeOptimizer = false} = options;
    this.monitor = new Monitor(monitor, mode);
    this.saveBestOnly = saveBestOnly;
    this.includeOptimizer = includeOptimizer;
    this.best = this.monitor.worst;
  }

  /** What an interrupted training must know to go on; plain JSON. */
  getState(): BestState {
    return {best: toJson(this.best), bestEpoch: this.bestEpoch};
  }

  /** @throws RangeError where it is no state: nothing is set then. */
  setState(state: BestState): void {
    checkBest(state);
    this.best = state.best ?? this.monitor.worst;
    this.bestEpoch = state.bestEpoch;
  }

  /** @throws Error where nothing saves to the URL: before the first epoch is lost. */
  override async onTrainBegin(): Promise<void> {
    const {target} = this;
    if (typeof target !== 'string' || io.getSaveHandlers(target).length > 0) return;
    throw new Error(
      `ModelCheckpoint: nothing saves to '${target}'; expected fileSystem('${target}') of mnist-wasm/node, or a URL such as ` +
        `localstorage://${target}.`,
    );
  }

  /** @throws what saving throws: it ends the training. What was the best before stays so then. */
  override async onEpochEnd(epoch: number, logs?: EpochLogs): Promise<void> {
    const value = await this.monitor.valueIn(logs);
    const isBest = value !== undefined && this.monitor.isBetter(value, this.best);
    if (this.saveBestOnly) {
      if (value !== undefined ? !isBest : this.model.stopTraining) return;
      if (value === undefined) this.monitor.warnOfAbsence('ModelCheckpoint', logs);
    }
    const target = typeof this.target === 'function' ? this.target(epoch, await resolved(logs)) : this.target;
    await this.model.save(target, {includeOptimizer: this.includeOptimizer});
    if (isBest) {
      this.best = value;
      this.bestEpoch = epoch;
    }
  }
}

function isHandler(target: unknown): boolean {
  return typeof (target as io.IOHandler | null | undefined)?.save === 'function';
}
