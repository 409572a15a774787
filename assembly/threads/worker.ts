/** A thread other than the caller's. */
import {useThreadArea} from '../memory';
import {
  CALLER_SLEEPS,
  DONE,
  endOf,
  FAILED,
  hasChunks,
  LIMIT,
  mayBeBlind,
  mayWait,
  PAGES,
  READY,
  runChunk,
  SLEEPERS,
  STOPPED,
  TICKET,
  WAKE,
} from './ticket';

/**
 * Looks at the ticket before a thread sleeps: some 100 us, longer than tfjs takes between most kernels of a step. Waking a
 * thread takes 5 to 50 us.
 */
const SPINS: i32 = 100000;

/** 0 for the caller's. */
let thread: i32 = 0;

export function threadIndex(): i32 {
  return thread;
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
        if (seesAllMemory()) seen = ticket >> 32;
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

/**
 * Whether this thread's instance knows of all of the memory: until then it claims nothing. An instance of V8 that is made
 * while another thread grows the memory may miss that (1 of 800 in Node 20.20), and bulk memory instructions trap beyond
 * what it knows. To grow by nothing makes it look.
 */
function seesAllMemory(): bool {
  const pages = load<i32>(PAGES);
  if (memory.size() >= pages && !mayBeBlind()) return true;
  memory.grow(0);
  return memory.size() >= pages && !mayBeBlind();
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

/** Lets the job that runs fail: to be called where work() has thrown an error, which is in a chunk. */
export function fail_job(): void {
  atomic.store<i32>(FAILED, 1);
  noteDone();
}

/** A chunk of another thread than the caller's is done, or has failed. */
function noteDone(): void {
  atomic.add<i32>(DONE, 1);
  if (atomic.load<i32>(CALLER_SLEEPS)) atomic.notify(DONE, 1);
}
