import {Callback} from '@tensorflow/tfjs-layers';
import {assertGiven, assertOptions} from '../shared/given.js';
import {type EpochLogs, NO_VALUES, resolved} from './monitor.js';
import {barOf, durationText, RunningMeans, valuesText} from './progress-text.js';

/** Where progress is shown: a stream of Node as process.stdout is, or something like it. */
export interface ProgressOutput {
  write(text: string): unknown;
  /** Whether a line can be drawn over. Default: false. */
  isTTY?: boolean;
  /** The width of a line. Default: 80. */
  columns?: number;
}

export interface ProgressBarOptions {
  /** Default: process.stdout; the console where there is none. */
  output?: ProgressOutput;
}

/** Milliseconds between two drawings of a bar, and between two lines within an epoch where none can be drawn. */
const DRAW_EVERY = 100;
const PLAIN_EVERY = 30_000;
const COLUMNS = 80;
const CLEAR_LINE = '\r\x1b[K';

/**
 * Shows how a training goes, for `fit` and `fitDataset`, as tfjs-node does by itself: while an epoch runs a bar with the
 * steps done, the time left, and the means of loss and metrics over the epoch so far; after it a line that stays. Where
 * the output is no terminal there are lines alone: one for each epoch, and one every 30 seconds within it.
 *
 * Where a dataset does not tell its size, bar and time left come with the second epoch. On a terminal, the values of every
 * batch are read from the backend.
 *
 * @example
 * await model.fit(xs, ys, {epochs: 10, callbacks: [new ProgressBar()]});
 */
export class ProgressBar extends Callback {
  private readonly output: ProgressOutput;
  /** Of an epoch; undefined where nobody knows. */
  private steps: number | undefined;
  private step = 0;
  private epoch = 0;
  private started = 0;
  private due = 0;
  private means = new RunningMeans();

  constructor(options: ProgressBarOptions = {}) {
    super();
    assertOptions(options);
    const {output = standardOutput()} = options;
    assertGiven(typeof output?.write === 'function', 'output', 'a stream, or an object with write(text)', output);
    this.output = output;
  }

  override async onTrainBegin(): Promise<void> {
    const {steps, samples, batchSize} = this.params as Record<string, number | null>;
    this.steps = steps ?? (samples && batchSize ? Math.ceil(samples / batchSize) : undefined);
  }

  override async onEpochBegin(epoch: number): Promise<void> {
    this.epoch = epoch;
    this.step = 0;
    this.started = performance.now();
    this.due = this.started + (this.output.isTTY ? 0 : PLAIN_EVERY);
    this.means = new RunningMeans();
  }

  override async onBatchEnd(_batch: number, logs?: EpochLogs): Promise<void> {
    this.step++;
    const isDue = performance.now() >= this.due;
    // Reading a value waits for the backend.
    if (!this.output.isTTY && !isDue) return;
    this.means.add(await resolved(logs));
    if (!isDue) return;
    this.due = performance.now() + (this.output.isTTY ? DRAW_EVERY : PLAIN_EVERY);
    if (this.output.isTTY) this.output.write(CLEAR_LINE + this.lineWithBar());
    else this.output.write(`${this.texts([]).join('  ')}\n`);
  }

  override async onEpochEnd(_epoch: number, logs?: EpochLogs): Promise<void> {
    const seconds = (performance.now() - this.started) / 1000;
    const values = Object.entries(await resolved(logs))
      .filter(([name]) => !NO_VALUES.includes(name))
      // Of fitDataset the values of validation come first.
      .sort(([a], [b]) => Number(a.startsWith('val_')) - Number(b.startsWith('val_')));
    const times = [durationText(seconds), `${((1000 * seconds) / Math.max(this.step, 1)).toFixed(1)} ms/step`];
    const line = [this.title(), ...times, ...valuesText(Object.fromEntries(values))].join('  ');
    this.output.write(`${this.output.isTTY ? CLEAR_LINE : ''}${line}\n`);
    // A dataset's size, once it has been seen; an epoch that was cut short has not.
    if (!this.model?.stopTraining) this.steps ??= this.step;
  }

  private title(): string {
    const {epochs} = this.params as {epochs: number};
    return `Epoch ${String(this.epoch + 1).padStart(String(epochs).length)}/${epochs}`;
  }

  /** Never longer than the line: what wraps cannot be drawn over. */
  private lineWithBar(): string {
    const room = (this.output.columns || COLUMNS) - 1;
    const texts = this.texts(['']);
    const bar = this.steps === undefined ? '' : barOf(this.step / this.steps, room - texts.join('  ').length);
    return this.texts(bar === '' ? [] : [bar])
      .join('  ')
      .slice(0, room);
  }

  private texts(bar: string[]): string[] {
    const {steps, step} = this;
    if (steps === undefined) return [this.title(), `step ${step}`, ...valuesText(this.means.values())];
    const left = ((performance.now() - this.started) / 1000 / step) * Math.max(steps - step, 0);
    return [this.title(), ...bar, `${step}/${steps}`, `${durationText(left)} left`, ...valuesText(this.means.values())];
  }
}

/** Browsers have a console alone, which ends each line by itself. */
function standardOutput(): ProgressOutput {
  const {stdout} = (globalThis as {process?: {stdout?: ProgressOutput}}).process ?? {};
  return stdout ?? {write: (text) => console.log(text.trimEnd())};
}
