/**
 * Runs a job, a number of items that do not depend on one another, on all threads, in chunks. Each thread is an instance of this
 * module on the same shared memory; the caller's works too, and alone where there are no others.
 *
 * A ticket is one word: the number of the job, and the range of its chunks that nobody has claimed yet. A thread claims one
 * by a compare-and-swap of that word, so that a claim is always one of the job that runs, and a job ends only when its
 * last claimed chunk is done. The caller waits for chunks, never for a thread. It claims from the beginning of the range
 * and the others from the end: what two threads have in their caches after one job is what they need for the next.
 *
 * A thread that is ended loses nothing: JavaScript can end it only while no job runs, and it dies at the next check that
 * the engine makes for that, at the head of a loop. work() passes such a check between seeing a job and claiming a chunk of
 * it: a thread that was ended before the job began gets no further.
 */
import {MAX_THREADS} from '../abi';
import {JOB, POOL, useThreadArea} from '../memory';

/** Chunks of a job, at most: bits of the ticket. */
const MAX_CHUNKS: i32 = 65535;

/** On cache lines of their own: what all threads write, and what they only read. */
const TICKET: usize = POOL;
const DONE: usize = POOL + 64;
const WAKE: usize = POOL + 128;
const SLEEPERS: usize = POOL + 132;
const TASK: usize = POOL + 192;
const ITEMS: usize = POOL + 196;
const ITEMS_OF_CHUNK: usize = POOL + 200;
const LIMIT: usize = POOL + 204;
const STOPPED: usize = POOL + 208;
const FAILED: usize = POOL + 212;
const READY: usize = POOL + 216;
/** Of the caller: chunks that it has claimed, and the chunks of the job. */
const CLAIMED: usize = POOL + 224;
const CHUNKS: usize = POOL + 228;
/** On the line of DONE: whether the caller sleeps until that changes. */
const CALLER_SLEEPS: usize = POOL + 68;
/** Bytes of the parts of all threads, about: more of them are not made where the parts are larger. */
const PARTS_BYTES: f64 = 268435456;

/**
 * Looks at the ticket before a thread sleeps: some 100 us, longer than tfjs takes between most kernels of a step. Waking a
 * thread takes 5 to 50 us.
 */
const SPINS: i32 = 100000;

/** Looks at what others have done before the caller sleeps: some 200 us. With 20, steps of LeNet on two threads gain half as much. */
const JOIN_SPINS: i32 = 200000;

/** 0 for the caller's. */
let thread: i32 = 0;
/** As many as the last set_threads() was given: on the caller's thread only. */
let threads: i32 = 1;
let jobs: u32 = 0;
/** The last job of which this thread has run a chunk. */
let lastJob: u32 = 0;
/** Whether a job was run on one thread that could have used more. */
let missed: bool = false;
let chunkScale: f64 = 1;
/** Whether the caller may sleep: the thread of a page may not. */
let callerMaySleep: bool = false;

/** How many threads run a job. */
export function threadCount(): i32 {
  return threads;
}

/** How many threads have a part of the scratch of a job, of `bytes` bytes each: no more than there are items. */
export function partCount(items: i32, bytes: f64): i32 {
  return <i32>max<f64>(1, min<f64>(<f64>min(threads, items), PARTS_BYTES / max<f64>(1, bytes)));
}

/** Bytes of the part of the scratch that a thread has: with others, it writes to no cache line of theirs. */
export function partBytes(bytes: f64): f64 {
  return threads == 1 ? bytes : Math.ceil(bytes / 64) * 64 + 64;
}

/** The part of a job's scratch that this thread has, of those of all threads. */
export function ownPart(parts: usize, bytes: usize): usize {
  return parts + <usize>thread * bytes;
}

/** Whether this is the first chunk of the job that this thread runs: its part of the scratch is not prepared. */
export function isFirstChunk(): bool {
  const job = <u32>(atomic.load<u64>(TICKET) >> 32);
  if (job == lastJob) return false;
  lastJob = job;
  return true;
}

/** What the chunks of a job read; one job runs at a time. */
// @ts-ignore: decorator
@inline
export function jobOf<Job>(): Job {
  return changetype<Job>(JOB);
}

/**
 * Calls task(first, end) for ranges of the items < `items` which cover them all; they may run at once and in any order.
 * One thread alone has all items in one call.
 *
 * @param task the index of the function
 * @param itemsOfChunk items of a range, but for the last; with fewer items than two ranges need, there is one
 * @param most threads: those that have a part of the scratch
 */
export function parallel(task: i32, items: i32, itemsOfChunk: i32, most: i32 = MAX_THREADS): void {
  itemsOfChunk = max(itemsOfChunk, (items + MAX_CHUNKS - 1) / MAX_CHUNKS);
  const chunks = (items + itemsOfChunk - 1) / itemsOfChunk;
  const limit = min(threads, most);
  jobs++;
  if (chunks < 2 || limit == 1) {
    noteChunks(chunks);
    atomic.store<u64>(TICKET, (<u64>jobs) << 32);
    if (items > 0) call_indirect<void>(task, 0, items);
    return;
  }
  store<i32>(TASK, task);
  store<i32>(ITEMS, items);
  store<i32>(ITEMS_OF_CHUNK, itemsOfChunk);
  store<i32>(CHUNKS, chunks);
  store<i32>(CLAIMED, 0);
  atomic.store<i32>(LIMIT, limit);
  atomic.store<i32>(DONE, 0);
  atomic.store<u64>(TICKET, ((<u64>jobs) << 32) | <u64>chunks);
  if (atomic.load<i32>(SLEEPERS) > 0) {
    atomic.add<i32>(WAKE, 1);
    atomic.notify(WAKE, min(chunks, limit) - 1);
  }
  let own = 0;
  while (true) {
    const ticket = atomic.load<u64>(TICKET);
    if (!hasChunks(ticket)) break;
    mayWait();
    if (atomic.cmpxchg<u64>(TICKET, ticket, ticket + (1 << 16)) != ticket) continue;
    own++;
    store<i32>(CLAIMED, own);
    runChunk(firstOf(ticket));
  }
  waitForOthers(chunks - own);
  store<i32>(CHUNKS, 0);
}

/**
 * Waits until the other threads have done so many chunks. If one of them has failed instead, the job fails.
 *
 * Most chunks are done soon, unless the system gave the thread's core to something else: then the caller leaves its own
 * core to that thread, if it may.
 */
function waitForOthers(chunks: i32): void {
  let spins = 0;
  while (atomic.load<i32>(DONE) < chunks) if (++spins > JOIN_SPINS && callerMaySleep) sleepUntilDone(chunks);
  if (atomic.load<i32>(FAILED) == 0) return;
  atomic.store<i32>(FAILED, 0);
  unreachable();
}

function sleepUntilDone(chunks: i32): void {
  atomic.store<i32>(CALLER_SLEEPS, 1);
  const done = atomic.load<i32>(DONE);
  if (done < chunks) atomic.wait<i32>(DONE, done, -1);
  atomic.store<i32>(CALLER_SLEEPS, 0);
}

/** A chunk of another thread than the caller's is done, or has failed. */
function noteDone(): void {
  atomic.add<i32>(DONE, 1);
  if (atomic.load<i32>(CALLER_SLEEPS)) atomic.notify(DONE, 1);
}

/** Whether the caller may sleep until others have done their chunks: not in the thread of a page. */
export function allow_sleep(isAllowed: bool): void {
  callerMaySleep = isAllowed;
}

/**
 * Ends a job of which the caller's chunk has thrown an error, such as that of a full stack: waits until no other thread
 * writes to its scratch and its results. Does nothing where no job runs.
 */
export function close_job(): void {
  while (true) {
    const ticket = atomic.load<u64>(TICKET);
    const left = endOf(ticket) - firstOf(ticket);
    if (left <= 0 && load<i32>(CHUNKS) == 0) return;
    if (atomic.cmpxchg<u64>(TICKET, ticket, (ticket >> 32) << 32) != ticket) continue;
    while (atomic.load<i32>(DONE) < load<i32>(CHUNKS) - max(0, left) - load<i32>(CLAIMED));
    store<i32>(CHUNKS, 0);
    atomic.store<i32>(FAILED, 0);
    return;
  }
}

/** Notes that a job of so many chunks was run on one thread: wants_threads(). For what one thread does in another way. */
export function noteChunks(chunks: i32): void {
  if (chunks > 1 && threads == 1) missed = true;
}

/** Of a ticket: the first chunk that nobody has claimed, and the one after the last. */
// @ts-ignore: decorator
@inline
function firstOf(ticket: u64): i32 {
  return (<i32>ticket >> 16) & 0xffff;
}
// @ts-ignore: decorator
@inline
function endOf(ticket: u64): i32 {
  return <i32>ticket & 0xffff;
}
// @ts-ignore: decorator
@inline
function hasChunks(ticket: u64): bool {
  return firstOf(ticket) < endOf(ticket);
}

/** As many items as are about `work` products or elements, if each is that of `ofItem`. */
export function itemsOf(work: i32, ofItem: f64): i32 {
  return <i32>max<f64>(1, (<f64>work * chunkScale) / max<f64>(1, ofItem));
}

/** Makes the chunks of all jobs so many times as large: tests set it to 0, for chunks of one item. */
export function scale_chunks(factor: f64): void {
  chunkScale = factor;
}

function runChunk(chunk: i32): void {
  const size = load<i32>(ITEMS_OF_CHUNK);
  const first = chunk * size;
  call_indirect<void>(load<i32>(TASK), first, min(first + size, load<i32>(ITEMS)));
}

/** How many threads run jobs from now on, the caller's included. */
export function set_threads(count: i32): void {
  threads = min(count, MAX_THREADS);
}

/** The threads that are there, bit index: of those beside the caller's. */
export function ready_threads(): i32 {
  return atomic.load<i32>(READY);
}

/** Whether a job was run on one thread that could have used more. */
export function wants_threads(): bool {
  return missed;
}

/** Lets the other threads return from work(). */
export function stop_threads(): void {
  set_threads(1);
  atomic.store<i32>(STOPPED, 1);
  atomic.add<i32>(WAKE, 1);
  atomic.notify(WAKE, MAX_THREADS);
}

/** Lets the job that runs fail: to be called where work() has thrown an error, which is in a chunk. */
export function fail_job(): void {
  atomic.store<i32>(FAILED, 1);
  noteDone();
}

/**
 * The life of a thread other than the caller's: runs chunks of jobs until stop_threads() is called.
 *
 * @param index 1 .. MAX_THREADS - 1; it runs a job if that is less than the number of its threads
 * @param area THREAD_AREA_BYTES bytes
 */
export function work(index: i32, area: usize): void {
  thread = index;
  useThreadArea(area);
  atomic.or<i32>(READY, 1 << index);
  let seen: u64 = 0;
  let idle = 0;
  while (atomic.load<i32>(STOPPED) == 0) {
    const ticket = atomic.load<u64>(TICKET);
    if (hasChunks(ticket) && index < atomic.load<i32>(LIMIT)) {
      idle = 0;
      mayWait();
      if (ticket >> 32 != seen) {
        seen = ticket >> 32;
      } else if (atomic.cmpxchg<u64>(TICKET, ticket, ticket - 1) == ticket) {
        runChunk(endOf(ticket) - 1);
        mayWait();
        noteDone();
      }
    } else if (++idle == SPINS) {
      sleep(index);
      idle = 0;
    }
  }
}

/** Sleeps until there is a job, or all are stopped. */
function sleep(index: i32): void {
  const wake = atomic.load<i32>(WAKE);
  atomic.add<i32>(SLEEPERS, 1);
  // A job that began before this thread was counted as a sleeper does not wake it.
  mayWait();
  const isIdle = !hasChunks(atomic.load<u64>(TICKET)) || index >= atomic.load<i32>(LIMIT);
  if (isIdle && atomic.load<i32>(STOPPED) == 0) atomic.wait<i32>(WAKE, wake, -1);
  atomic.sub<i32>(SLEEPERS, 1);
}

/** In a build for tests (`--use THREAD_DELAYS=1`) a thread waits here at random, for up to some 50 us. */
// @ts-ignore: decorator
@inline
function mayWait(): void {
  if (isDefined(THREAD_DELAYS)) waitAtRandom();
}

let random: u32 = 1;

function waitAtRandom(): void {
  random = random * 1664525 + 1013904223 + thread;
  if (random >> 30) return;
  for (let i = (random >> 14) & 0x7fff; i > 0; i--) atomic.load<i32>(STOPPED);
}
