import cliProgress from 'cli-progress';
import type {LoadOptions} from 'mnist-wasm/mnist';
import pc from 'picocolors';
import {clock, count, duration} from '../common/format';
import type {EpochProgress, TrainingObserver} from '../recipes';

/** Milliseconds between two lines within an epoch where no bar can be drawn. */
const PLAIN_EVERY = 30_000;
/** What stands beside the bar: the epoch, the steps, loss and accuracy, the rate, the time left. */
const FIGURES_WIDTH = 74;
/** A whole epoch in one line. */
const SUMMARY_WIDTH = 96;

/** A bar while an epoch runs, where the stream is a terminal, and a line after it; lines alone elsewhere. */
export class TrainingProgress implements TrainingObserver {
  private bar: cliProgress.SingleBar | null = null;
  private started = 0;
  private lineDue = 0;
  private rate = '';
  private epochs = 0;
  /** Batches of the epoch that an earlier run has done. */
  private doneBefore = 0;

  constructor(private readonly stream: NodeJS.WriteStream) {}

  /** A stage of so many epochs begins. */
  begin(epochs: number): void {
    this.epochs = epochs;
  }

  onEpochBegin(epoch: number, steps: number, done: number): void {
    this.doneBefore = done;
    this.started = performance.now();
    this.lineDue = this.started + PLAIN_EVERY;
    if (!this.stream.isTTY) return;
    this.bar = new cliProgress.SingleBar({
      stream: this.stream,
      format: `${pc.bold(this.label(epoch))} ${pc.cyan('{bar}')} {value}/{total}  {figures}`,
      barCompleteChar: '━',
      barIncompleteChar: '╌',
      barsize: Math.min(Math.max(this.stream.columns - FIGURES_WIDTH, 5), 24),
      clearOnComplete: true,
    });
    this.bar.start(steps, done, {figures: ''});
  }

  onBatchEnd({epoch, step, steps, images, ...means}: EpochProgress): void {
    const now = performance.now();
    const seconds = (now - this.started) / 1000;
    const newSteps = step - this.doneBefore;
    this.rate = `${count((images * newSteps) / step / seconds)} images/s`;
    const left = `${clock((seconds / newSteps) * (steps - step))} left`;
    const figures = [...metricFigures(means), this.rate, left].join('  ');
    if (this.bar) this.bar.update(step, {figures});
    else if (now >= this.lineDue) {
      this.lineDue = now + PLAIN_EVERY;
      this.stream.write(`${this.label(epoch)}  ${step}/${steps}  ${figures}\n`);
    }
  }

  onEpochEnd(epoch: number, logs: Record<string, number>): void {
    this.stop();
    const seconds = duration((performance.now() - this.started) / 1000);
    const narrow = this.stream.isTTY && this.stream.columns < SUMMARY_WIDTH;
    const figures = [...metricFigures(logs), ...(narrow ? [] : [this.rate]), seconds];
    this.stream.write(`${pc.bold(this.label(epoch))}  ${figures.join('  ')}\n`);
  }

  /** Takes the bar away and leaves the terminal as it was. */
  stop(): void {
    this.bar?.stop();
    this.bar = null;
  }

  private label(epoch: number): string {
    return `Epoch ${String(epoch).padStart(String(this.epochs).length)}/${this.epochs}`;
  }
}

/** `loss 0.1234`, `acc 0.9876`, ...: in that order, short enough for a terminal of 80 columns. */
export function metricFigures(logs: Record<string, number>): string[] {
  return ['loss', 'accuracy', 'val_loss', 'val_accuracy']
    .filter((name) => name in logs)
    .map((name) => `${name.replace('accuracy', 'acc')} ${logs[name].toFixed(4)}`);
}

/** Tells of a download: a bar for each file on a terminal, a line for each file elsewhere. */
export function downloadProgress(stream: NodeJS.WriteStream): NonNullable<LoadOptions['onProgress']> {
  let file = '';
  let bar: cliProgress.SingleBar | null = null;
  return (progress) => {
    if (progress.file !== file) {
      bar?.stop();
      bar = null;
      file = progress.file;
      if (stream.isTTY && progress.total !== undefined) {
        bar = new cliProgress.SingleBar({stream, format: `Downloading ${file} {bar} {percentage} %`, barsize: 20});
        bar.start(progress.total, 0);
      } else stream.write(`Downloading ${file}\n`);
    }
    bar?.update(progress.received);
    if (progress.received === progress.total) {
      bar?.stop();
      bar = null;
    }
  };
}
