/**
 * Runs a job, a number of items that do not depend on one another, on all threads, in chunks. Each thread is an instance of
 * this module on the same shared memory; the caller's works too, and alone where there are no others.
 *
 * A job ends only when its last claimed chunk is done (see ticket.ts): the caller waits for chunks, never for a thread. It
 * claims from the beginning of the range and the others from the end: what two threads have in their caches after one
 * job is what they need for the next.
 *
 * A thread that is ended loses nothing: JavaScript can end it only while no job runs, and it dies at the next check that
 * the engine makes for that, at the head of a loop. work() passes such a check between seeing a job and claiming a chunk of
 * it: a thread that was ended before the job began gets no further.
 */
import {MAX_THREADS} from '../abi';
import {JOB} from '../memory';
import {
  CALLER_SLEEPS,
  CHUNKS,
  CLAIMED,
  DONE,
  endOf,
  FAILED,
  firstOf,
  hasChunks,
  ITEMS,
  ITEMS_OF_CHUNK,
  LIMIT,
  MAX_CHUNKS,
  mayWait,
  PAGES,
  READY,
  runChunk,
  SLEEPERS,
  STOPPED,
  TASK,
  TICKET,
  WAKE,
} from './ticket';

/** Looks at what others have done before the caller sleeps: some 200 us. With 20, steps of LeNet on two threads gain half as much. */
const JOIN_SPINS: i32 = 200000;

/** As many as the last set_threads() was given: on the caller's thread only. */
let threads: i32 = 1;
let jobs: u32 = 0;
/** Whether a job was run on one thread that could have used more. */
let missed: bool = false;
let chunkScale: f64 = 1;
/** Whether the caller may sleep: the thread of a page may not. */
let callerMaySleep: bool = false;

/** How many threads run a job. */
export function threadCount(): i32 {
  return threads;
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
  jobs++;
  if (threads == 1) {
    noteChunks(items > itemsOfChunk ? 2 : 1);
    runAlone(task, items);
    return;
  }
  itemsOfChunk = max(itemsOfChunk, (items + MAX_CHUNKS - 1) / MAX_CHUNKS);
  const chunks = (items + itemsOfChunk - 1) / itemsOfChunk;
  const limit = min(threads, most);
  if (chunks < 2 || limit == 1) {
    runAlone(task, items);
    return;
  }
  store<i32>(TASK, task);
  store<i32>(ITEMS, items);
  store<i32>(ITEMS_OF_CHUNK, itemsOfChunk);
  store<i32>(CHUNKS, chunks);
  store<i32>(CLAIMED, 0);
  store<i32>(PAGES, memory.size());
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

function runAlone(task: i32, items: i32): void {
  atomic.store<u64>(TICKET, (<u64>jobs) << 32);
  if (items > 0) call_indirect<void>(task, 0, items);
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

/** As many items as are about `work` products or elements, if each is that of `ofItem`. */
export function itemsOf(work: i32, ofItem: f64): i32 {
  return <i32>max<f64>(1, (<f64>work * chunkScale) / max<f64>(1, ofItem));
}

/** Makes the chunks of all jobs so many times as large: tests set it to 0, for chunks of one item. */
export function scale_chunks(factor: f64): void {
  chunkScale = factor;
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
