import {Gate} from './gate';

/** Pauses and stops one training, between two of its batches. */
export class TrainingControl {
  /** Training waits while it is shut. */
  readonly gate = new Gate();
  private readonly stopped = new AbortController();

  /** Aborted where training is to stop. */
  get signal(): AbortSignal {
    return this.stopped.signal;
  }

  /** Also where training is paused. */
  stop(): void {
    this.stopped.abort();
    this.gate.release();
  }
}
