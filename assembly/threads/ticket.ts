/**
 * What the threads of a job share: words at POOL. A ticket is one of them: the number of the job, and the range of its
 * chunks that nobody has claimed yet. A thread claims one by a compare-and-swap of that word, so that a claim is always
 * one of the job that runs.
 */
import {POOL} from '../memory';

/** Chunks of a job, at most: bits of the ticket. */
export const MAX_CHUNKS: i32 = 65535;

/** On cache lines of their own: what all threads write, and what they only read. */
export const TICKET: usize = POOL;
export const DONE: usize = POOL + 64;
export const WAKE: usize = POOL + 128;
export const SLEEPERS: usize = POOL + 132;
export const TASK: usize = POOL + 192;
export const ITEMS: usize = POOL + 196;
export const ITEMS_OF_CHUNK: usize = POOL + 200;
export const LIMIT: usize = POOL + 204;
export const STOPPED: usize = POOL + 208;
export const FAILED: usize = POOL + 212;
export const READY: usize = POOL + 216;
/** The pages of the memory that the caller sees. */
export const PAGES: usize = POOL + 220;
/** Of the caller: chunks that it has claimed, and the chunks of the job. */
export const CLAIMED: usize = POOL + 224;
export const CHUNKS: usize = POOL + 228;
/** On the line of DONE: whether the caller sleeps until that changes. */
export const CALLER_SLEEPS: usize = POOL + 68;

/** Of a ticket: the first chunk that nobody has claimed, and the one after the last. */
// @ts-ignore: decorator
@inline
export function firstOf(ticket: u64): i32 {
  return (<i32>ticket >> 16) & 0xffff;
}
// @ts-ignore: decorator
@inline
export function endOf(ticket: u64): i32 {
  return <i32>ticket & 0xffff;
}
// @ts-ignore: decorator
@inline
export function hasChunks(ticket: u64): bool {
  return firstOf(ticket) < endOf(ticket);
}

export function runChunk(chunk: i32): void {
  const size = load<i32>(ITEMS_OF_CHUNK);
  const first = chunk * size;
  call_indirect<void>(load<i32>(TASK), first, min(first + size, load<i32>(ITEMS)));
}

/** In a build for tests (`--use THREAD_DELAYS=1`) a thread waits here at random, for up to some 50 us. */
// @ts-ignore: decorator
@inline
export function mayWait(): void {
  if (isDefined(THREAD_DELAYS)) waitAtRandom();
}

/** In that build a thread sees too little memory at random. */
// @ts-ignore: decorator
@inline
export function mayBeBlind(): bool {
  if (isDefined(THREAD_DELAYS)) return isOneOfFour();
  return false;
}

let random: u32 = 1;

function isOneOfFour(): bool {
  random = random * 1664525 + 1013904223;
  return random >> 30 == 0;
}

function waitAtRandom(): void {
  if (!isOneOfFour()) return;
  for (let i = (random >> 14) & 0x7fff; i > 0; i--) atomic.load<i32>(STOPPED);
}
