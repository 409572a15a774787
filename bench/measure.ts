import {median} from '../common/statistics';

/** How long calls are repeated. */
export interface Patience {
  /** Of warm-up, at least, beside WARM_UP_CALLS calls. */
  warmUpMs: number;
  measureMs: number;
}

/** For a call of one kernel: a run of the whole benchmark has some two hundred of them. */
const OF_KERNEL: Patience = {warmUpMs: 0, measureMs: 400};
/**
 * For a step or a prediction of a model. V8 compiles what tfjs runs meanwhile, on the core that a second thread would
 * have: LeNet's steps on two threads take 8.6, 7.7, 6.8 and 6.4 ms after 0.2, 0.6, 1.5 and 4 seconds; on one, 10 in all.
 */
export const OF_MODEL: Patience = {warmUpMs: 2000, measureMs: 1000};
const WARM_UP_CALLS = 20;
/** Where a call is slow. */
const MAX_WARM_UP_MS = 1000;
const MAX_MS = 4000;
const MIN_CALLS = 3;

/**
 * The median time of a call in milliseconds. First the call is repeated until V8's optimizing compiler has taken over
 * (20 calls), or for a second where a call is slow.
 */
export async function medianMilliseconds(
  call: () => unknown,
  {warmUpMs, measureMs}: Patience = OF_KERNEL,
): Promise<number> {
  const warmUpStart = performance.now();
  for (let calls = 0; ; calls++) {
    const spent = performance.now() - warmUpStart;
    if (spent >= warmUpMs && (calls >= WARM_UP_CALLS || spent >= MAX_WARM_UP_MS)) break;
    await call();
  }
  const times: number[] = [];
  const start = performance.now();
  for (;;) {
    const before = performance.now();
    await call();
    const after = performance.now();
    times.push(after - before);
    const spent = after - start;
    if (times.length >= MIN_CALLS && (spent > MAX_MS || (spent > measureMs && times.length > 2 * MIN_CALLS))) break;
  }
  return median(times);
}
