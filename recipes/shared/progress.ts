import cliProgress from 'cli-progress';
import type {LoadOptions} from 'mnist-wasm/mnist';
import pc from 'picocolors';
import {clock, count, duration} from './format';
import type {EpochProgress, TrainingObserver} from './training';

/** Where lines go: the terminal, a pipe, or a test's array. */
export interface Output {
  isTTY?: boolean;
  write(text: string): unknown;
}

/** Seconds between two lines within an epoch where no bar can be drawn. */
const PLAIN_EVERY = 30;

/** A bar for each epoch on a terminal, plain lines elsewhere. */
export function trainingProgress(epochs: number, output: NodeJS.WriteStream): TrainingProgress {
  return output.isTTY ? new BarProgress(epochs, output) : new PlainProgress(epochs, output);
}

export interface TrainingProgress extends TrainingObserver {
  /** Leaves the terminal as it was, wherever training stopped. */
  stop(): void;
}

class BarProgress implements TrainingProgress {
  private bar: cliProgress.SingleBar | null = null;
  private started = 0;
  private steps = 0;

  constructor(
    private readonly epochs: number,
    private readonly stream: NodeJS.WriteStream,
  ) {}

  onEpochBegin(epoch: number, steps: number): void {
    this.steps = steps;
    this.started = performance.now();
    this.bar = new cliProgress.SingleBar({
      stream: this.stream,
      format: `${pc.bold(label(epoch, this.epochs))} ${pc.cyan('{bar}')} {value}/{total}  {figures}`,
      barCompleteChar: '━',
      barIncompleteChar: '╌',
      barsize: 20,
    });
    this.bar.start(steps, 0, {figures: ''});
  }

  onBatchEnd(progress: EpochProgress): void {
    const seconds = (performance.now() - this.started) / 1000;
    const left = clock((seconds / progress.step) * (this.steps - progress.step));
    const figures = [...means(progress), rate(progress.images, seconds), `${left} left`];
    this.bar?.update(progress.step, {figures: figures.join('  ')});
  }

  onEpochEnd(_epoch: number, logs: Record<string, number>): void {
    const seconds = (performance.now() - this.started) / 1000;
    this.bar?.update(this.steps, {figures: [...named(logs), duration(seconds)].join('  ')});
    this.stop();
  }

  stop(): void {
    this.bar?.stop();
    this.bar = null;
  }
}

class PlainProgress implements TrainingProgress {
  private started = 0;
  private told = 0;
  private steps = 0;
  private images = 0;
  private trained = 0;

  constructor(
    private readonly epochs: number,
    private readonly output: Output,
  ) {}

  onEpochBegin(_epoch: number, steps: number): void {
    this.steps = steps;
    this.started = performance.now();
    this.told = this.started;
  }

  onBatchEnd(progress: EpochProgress): void {
    const now = performance.now();
    this.images = progress.images;
    this.trained = (now - this.started) / 1000;
    if (now - this.told < PLAIN_EVERY * 1000) return;
    this.told = now;
    const left = clock((this.trained / progress.step) * (this.steps - progress.step));
    const figures = [...means(progress), rate(this.images, this.trained), `${left} left`];
    this.line(`${label(progress.epoch, this.epochs)}  ${progress.step}/${this.steps}  ${figures.join('  ')}`);
  }

  onEpochEnd(epoch: number, logs: Record<string, number>): void {
    const seconds = (performance.now() - this.started) / 1000;
    const figures = [...named(logs), rate(this.images, this.trained), duration(seconds)];
    this.line(`${label(epoch, this.epochs)}  ${figures.join('  ')}`);
  }

  stop(): void {}

  private line(text: string): void {
    this.output.write(`${text}\n`);
  }
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
      if (!stream.isTTY) stream.write(`Downloading ${file}\n`);
      else if (progress.total !== undefined) {
        bar = new cliProgress.SingleBar({stream, format: `Downloading ${file} {bar} {percentage} %`, barsize: 20});
        bar.start(progress.total, 0);
      }
    }
    bar?.update(progress.received);
    if (progress.received === progress.total) {
      bar?.stop();
      bar = null;
    }
  };
}

function label(epoch: number, epochs: number): string {
  return `Epoch ${String(epoch).padStart(String(epochs).length)}/${epochs}`;
}

function means({loss, accuracy}: EpochProgress): string[] {
  return named({loss, accuracy});
}

function named(logs: Record<string, number>): string[] {
  return ['loss', 'accuracy', 'val_loss', 'val_accuracy']
    .filter((name) => name in logs)
    .map((name) => `${name} ${logs[name].toFixed(4)}`);
}

function rate(images: number, seconds: number): string {
  return `${count(images / seconds)} images/s`;
}
