import {median} from '../common/statistics';

/** How long calls are repeated. The shares are small: a run of the whole benchmark has some two hundred measurements. */
const WARM_UP_CALLS = 20;
const WARM_UP_MS = 1000;
const MEASURE_MS = 400;
const MAX_MS = 4000;
const MIN_CALLS = 3;

/**
 * The median time of a call in milliseconds. First the call is repeated until V8's optimizing compiler has taken over
 * (20 calls), or for a second where a call is slow.
 */
export async function medianMilliseconds(call: () => unknown): Promise<number> {
  const warmUpStart = performance.now();
  for (let i = 0; i < WARM_UP_CALLS && performance.now() - warmUpStart < WARM_UP_MS; i++) await call();
  const times: number[] = [];
  const start = performance.now();
  for (;;) {
    const before = performance.now();
    await call();
    const after = performance.now();
    times.push(after - before);
    const spent = after - start;
    if (times.length >= MIN_CALLS && (spent > MAX_MS || (spent > MEASURE_MS && times.length > 2 * MIN_CALLS))) break;
  }
  return median(times);
}
