import type {LayersModel} from '@tensorflow/tfjs-layers';
import type {MnistSplit} from 'mnist-wasm/mnist';
import {type EpochProgress, evaluate, type Stage, subset, type TrainingObserver} from '../../recipes';
import {threadsInUse} from './backends';
import type {Gate} from './gate';
import type {TrainObserver} from './types';

/** Milliseconds between two reports: as often as figures can be read. */
const REPORT_INTERVAL = 100;
/** Images of a check within an epoch: its accuracy is off by about 1 % at 95 %. */
const CHECK_IMAGES = 500;
/** A check within an epoch waits until training has gone on for so many times as long as the last one took ... */
const CHECK_PAUSE = 20;
/** ... milliseconds, but for no longer than this: the first check is slow, as nothing is compiled yet. */
const LONGEST_PAUSE = 3000;
/** The weight of a batch in the smoothed figures. */
const SMOOTHING = 0.1;

/** Turns what training tells into what the page shows: at a rate that it can follow, smoothed, with checks in between. */
export class LiveObserver implements TrainingObserver {
  private stage: Stage;
  /** Epochs of earlier trainings, and of the stages before this one. */
  private before = 0;
  /** When training would have begun, had there been no pause. */
  private since = performance.now();
  private reported = 0;
  private checked = performance.now();
  private checkTook = 0;
  private smoothed: {loss: number; accuracy: number} | undefined;
  private last: EpochProgress | undefined;
  private readonly rate = new Rate();

  constructor(
    private readonly model: LayersModel,
    private readonly stages: readonly Stage[],
    private readonly validation: MnistSplit | undefined,
    private readonly gate: Gate,
    private readonly page: TrainObserver,
    /** Epochs of earlier trainings. */
    private readonly earlier: number,
  ) {
    this.stage = stages[0];
    this.before = earlier;
  }

  /** Epochs that the network has seen in all. */
  epochs(): number {
    const {epoch, step, steps} = this.last ?? {epoch: 1, step: 0, steps: 1};
    return this.before + epoch - 1 + step / steps;
  }

  /** Of training and its checks; pauses are not counted. */
  seconds(): number {
    return (performance.now() - this.since) / 1000;
  }

  begin(stage: number): void {
    this.stage = this.stages[stage];
    this.before = this.earlier + total(this.stages.slice(0, stage));
    this.last = undefined;
  }

  onEpochBegin(epoch: number, steps: number): void {
    this.last = {epoch, step: 0, steps, images: 0, loss: 0, accuracy: 0};
  }

  async onBatchEnd(progress: EpochProgress): Promise<void> {
    this.advance(progress);
    const now = performance.now();
    this.rate.add(progress.images - (this.last?.images ?? 0), this.seconds());
    this.last = {...progress};
    if (now - this.reported > REPORT_INTERVAL || progress.step === progress.steps) {
      this.reported = now;
      this.report(progress);
    }
    const due = this.checked + Math.min(LONGEST_PAUSE, CHECK_PAUSE * this.checkTook);
    if (now > due && progress.step < progress.steps) await this.check(progress);
    await this.pass();
  }

  onEpochEnd(epoch: number, logs: Record<string, number>): void {
    if (this.validation && 'val_loss' in logs) {
      const {val_loss: loss, val_accuracy: accuracy} = logs;
      this.page.onCheck({position: this.before + epoch, images: this.validation.size, loss, accuracy});
    }
    this.checked = performance.now();
  }

  /** Takes in the figures of the last batch, which are what changed in the means over the epoch so far. */
  private advance({images, loss, accuracy}: EpochProgress): void {
    const before = this.last ?? {images: 0, loss: 0, accuracy: 0};
    const ofBatch = (mean: number, meanBefore: number) =>
      (mean * images - meanBefore * before.images) / (images - before.images);
    const batch = {loss: ofBatch(loss, before.loss), accuracy: ofBatch(accuracy, before.accuracy)};
    const old = this.smoothed ?? batch;
    this.smoothed = {
      loss: old.loss + SMOOTHING * (batch.loss - old.loss),
      accuracy: old.accuracy + SMOOTHING * (batch.accuracy - old.accuracy),
    };
  }

  private report({epoch, step, steps, images}: EpochProgress): void {
    if (!this.smoothed) return;
    const epochs = this.earlier + total(this.stages);
    const position = this.before + epoch - 1 + step / steps;
    const imagesPerSecond = this.rate.value();
    this.page.onProgress({
      stage: this.stages.length > 1 ? this.stage.title : '',
      epoch: this.before + epoch,
      epochs,
      position,
      before: this.earlier,
      secondsLeft: ((epochs - position) * (images / step) * steps) / imagesPerSecond,
      imagesPerSecond,
      threads: threadsInUse(),
      seconds: this.seconds(),
      ...this.smoothed,
    });
  }

  private async check({epoch, step, steps}: EpochProgress): Promise<void> {
    if (!this.validation) return;
    const began = performance.now();
    const images = Math.min(CHECK_IMAGES, this.validation.size);
    const {metrics} = await evaluate(this.model, subset(this.validation, 0, images));
    const {loss, accuracy} = metrics;
    this.page.onCheck({position: this.before + epoch - 1 + step / steps, images, loss, accuracy});
    this.checked = performance.now();
    this.checkTook = this.checked - began;
  }

  /** Waits while training is paused. */
  private async pass(): Promise<void> {
    const came = performance.now();
    await this.gate.pass();
    this.since += performance.now() - came;
  }
}

function total(stages: readonly Stage[]): number {
  return stages.reduce((sum, {epochs}) => sum + epochs, 0);
}

/** Images a second over about the last two seconds. */
class Rate {
  private readonly marks: {seconds: number; images: number}[] = [];

  add(images: number, seconds: number): void {
    this.marks.push({seconds, images});
    while (this.marks.length > 2 && seconds - this.marks[0].seconds > 2) this.marks.shift();
  }

  value(): number {
    const [first, ...others] = this.marks;
    const elapsed = (others.at(-1)?.seconds ?? 0) - first.seconds;
    return elapsed > 0 ? others.reduce((sum, {images}) => sum + images, 0) / elapsed : 0;
  }
}
