/** Scratch of a job of which each thread has a part. */
import {threadCount} from './pool';
import {TICKET} from './ticket';
import {threadIndex} from './worker';

/** Bytes of the parts of all threads, about: more of them are not made where the parts are larger. */
const PARTS_BYTES: f64 = 268435456;

/** The last job of which this thread has run a chunk. */
let lastJob: u32 = 0;

/** How many threads have a part of the scratch of a job, of `bytes` bytes each: no more than there are items. */
export function partCount(items: i32, bytes: f64): i32 {
  return <i32>max<f64>(1, min<f64>(<f64>min(threadCount(), items), PARTS_BYTES / max<f64>(1, bytes)));
}

/** Bytes of the part of the scratch that a thread has: with others, it writes to no cache line of theirs. */
export function partBytes(bytes: f64): f64 {
  return threadCount() == 1 ? bytes : Math.ceil(bytes / 64) * 64 + 64;
}

/** The part of a job's scratch that this thread has, of those of all threads. */
export function ownPart(parts: usize, bytes: usize): usize {
  return parts + <usize>threadIndex() * bytes;
}

/** Whether this is the first chunk of the job that this thread runs: its part of the scratch is not prepared. */
export function isFirstChunk(): bool {
  const job = <u32>(atomic.load<u64>(TICKET) >> 32);
  if (job == lastJob) return false;
  lastJob = job;
  return true;
}
