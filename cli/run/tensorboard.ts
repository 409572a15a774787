import {readdir, rm} from 'node:fs/promises';
import path from 'node:path';
import {type EventFile, eventFiles} from 'mnist-wasm/node';
import {messageOf} from '../../common/errors';
import {type EpochProgress, epochsIn, type TrainingObserver, type TrainingState} from '../../recipes';
import type {TrainingPlan} from './plan';

/** Milliseconds between two writes within an epoch: TensorBoard shows a training while it runs. */
const WRITE_EVERY = 2000;
/** The runs that TensorBoard shows, named as Keras names them. */
const TRAIN = 'train';
const VALIDATION = 'validation';
/** Of this program, not of another that writes into the same folder. */
const OWN_FILE = /^events\.out\.tfevents\.\d+\.mnist-wasm\./;

type Writer = Pick<EventFile, 'scalar' | 'flush'>;

/** Where the curves go that --tensorboard asks for: runs of several folders can be compared in one. */
export function tensorBoardFolder({out, options: {tensorboard}}: Pick<TrainingPlan, 'out' | 'options'>) {
  if (tensorboard === undefined) return undefined;
  return tensorboard === true
    ? path.join(out, 'tensorboard')
    : path.join(tensorboard, path.basename(path.resolve(out)));
}

/** Removes the curves of an earlier run: TensorBoard would show both as one. */
export async function clearCurves(folder: string | undefined): Promise<void> {
  if (folder === undefined) return;
  for (const run of [TRAIN, VALIDATION]) {
    const names = await readdir(path.join(folder, run)).catch(() => []);
    for (const name of names) if (OWN_FILE.test(name)) await rm(path.join(folder, run, name), {force: true});
  }
}

/**
 * Writes the curves of a run for TensorBoard, with Keras's names: `epoch_loss` and `epoch_accuracy` of training and
 * validation, by the epochs done, and `batch_loss` and `batch_accuracy`, the means of the epoch so far, by the steps done.
 * What cannot be written is told once, and the training goes on.
 */
export class TensorBoardCurves implements TrainingObserver {
  private readonly writers = new Map<string, Writer>();
  private epochsBefore = 0;
  private steps = 0;
  private due = performance.now() + WRITE_EVERY;
  private hasFailed = false;

  constructor(
    folder: string,
    private readonly warn: (message: string) => void,
    private readonly open: (run: string) => Writer = eventFiles(folder),
  ) {}

  /** A stage begins, or goes on: those before it have epochs and steps too. */
  begin({history, epochs, steps}: TrainingState): void {
    this.epochsBefore = epochsIn(history) - epochs;
    this.steps = steps;
  }

  onEpochBegin(): void {}

  async onBatchEnd({loss, accuracy}: EpochProgress): Promise<void> {
    this.steps++;
    this.add(TRAIN, 'batch', {loss, accuracy}, this.steps);
    if (performance.now() < this.due) return;
    await this.flush();
    this.due = performance.now() + WRITE_EVERY;
  }

  onEpochEnd(epoch: number, logs: Record<string, number>): void {
    const isOfValidation = ([name]: [string, number]) => name.startsWith('val_');
    const all = Object.entries(logs);
    const ofValidation = all.filter(isOfValidation).map(([name, value]) => [name.slice('val_'.length), value]);
    const step = this.epochsBefore + epoch;
    this.add(TRAIN, 'epoch', Object.fromEntries(all.filter((entry) => !isOfValidation(entry))), step);
    this.add(VALIDATION, 'epoch', Object.fromEntries(ofValidation), step);
    this.due = 0;
  }

  async flush(): Promise<void> {
    try {
      for (const writer of this.writers.values()) await writer.flush();
    } catch (error) {
      if (!this.hasFailed) this.warn(`warning: the curves for TensorBoard cannot be written (${messageOf(error)})`);
      this.hasFailed = true;
    }
  }

  private add(run: string, of: 'batch' | 'epoch', values: Record<string, number>, step: number): void {
    for (const [name, value] of Object.entries(values)) {
      const writer = this.writers.get(run) ?? this.open(run);
      this.writers.set(run, writer);
      writer.scalar(`${of}_${name}`, value, step);
    }
  }
}

/** Tells all of several. */
export function observers(...all: TrainingObserver[]): TrainingObserver {
  return {
    onEpochBegin: (...epoch) => {
      for (const one of all) one.onEpochBegin(...epoch);
    },
    onBatchEnd: async (progress) => {
      for (const one of all) await one.onBatchEnd(progress);
    },
    onEpochEnd: (...epoch) => {
      for (const one of all) one.onEpochEnd(...epoch);
    },
  };
}
