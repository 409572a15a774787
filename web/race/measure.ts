/** How long a step takes: for any thread, whatever the step is. */
import {median} from '../../common/statistics';
import {nextTurn} from '../../common/turn';
import type {Measured} from './types';

/** V8's optimising compiler takes over within some 20 calls. */
const WARM_UP_STEPS = 20;
const WARM_UP_MS = 1000;
/** For what starts in the background. */
const LONGEST_WARM_UP_MS = 3000;
/** Firefox's clock moves in whole milliseconds: a sample is as many steps as take this long. */
const SAMPLE_MS = 25;
const REPORT_MS = 100;

export interface MeasureOptions {
  imagesPerStep: number;
  /** How long, after the warm-up; at least one step is measured. */
  seconds: number;
  /** Called at the start, and after a step about ten times a second; the mean rate so far, undefined in the warm-up. */
  onProgress(imagesPerSecond: number | undefined): void;
  /** Whether all that is to compute is there: the warm-up goes on until it is, for 3 seconds at most. */
  isReady?: () => boolean;
  /** Milliseconds; for tests. */
  now?: () => number;
}

/**
 * The median time of a step, which has to return only when its results can be read. Steps are first repeated without
 * counting, 20 times or for a second.
 */
export async function measure(step: () => Promise<unknown>, options: MeasureOptions): Promise<Measured> {
  const {imagesPerStep, seconds, onProgress, isReady = () => true, now = () => performance.now()} = options;
  let reported = now();
  onProgress(undefined);
  const report = (rate: number | undefined, time: number) => {
    if (time - reported < REPORT_MS) return;
    reported = time;
    onProgress(rate);
  };

  const warmUpStart = now();
  const isCold = (done: number, ms: number) =>
    (done < WARM_UP_STEPS && ms < WARM_UP_MS) || (!isReady() && ms < LONGEST_WARM_UP_MS);
  for (let i = 0, time = warmUpStart; isCold(i, time - warmUpStart); i++) {
    await step();
    // A worker's own workers may start only in a turn of its event loop.
    await nextTurn();
    time = now();
    report(undefined, time);
  }

  const samples: number[] = [];
  let steps = 0;
  const start = now();
  for (
    let sampleStart = start, sampleSteps = 0, time = start;
    samples.length === 0 || time - start < 1000 * seconds;
  ) {
    await step();
    steps++;
    sampleSteps++;
    time = now();
    report((1000 * steps * imagesPerStep) / (time - start), time);
    if (time - sampleStart < SAMPLE_MS) continue;
    samples.push((time - sampleStart) / sampleSteps);
    sampleStart = time;
    sampleSteps = 0;
  }
  const milliseconds = median(samples);
  return {milliseconds, imagesPerSecond: (1000 * imagesPerStep) / milliseconds, steps};
}
