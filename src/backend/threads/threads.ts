import {MAX_THREADS, THREAD_AREA_BYTES} from '../../../assembly/abi.js';
import type {KernelExports} from '../module/load.js';
import type {BackendOptions} from '../options.js';
import {
  canStartThreads,
  defaultThreads,
  mayHang,
  maySleep,
  requestOf,
  startThread,
  threadsOfEnvironment,
} from './platform.js';

/**
 * How many threads the option, or MNIST_WASM_THREADS, or the machine asks for; 1 where there can be no others.
 *
 * @throws Error if the number is none of 1 .. MAX_THREADS
 */
export function wantedThreads({threads, startThread}: BackendOptions): number {
  checkThreads(threads, "the option 'threads'");
  const ofEnvironment = threadsOfEnvironment();
  checkThreads(ofEnvironment, 'the environment variable MNIST_WASM_THREADS');
  if (!canStartThreads(startThread !== undefined)) return 1;
  return threads ?? ofEnvironment ?? (mayHang() && !startThread ? 1 : defaultThreads());
}

/** @throws Error if it is given and no number of threads */
export function checkThreads(threads: number | undefined, origin: string): void {
  if (threads === undefined || (Number.isInteger(threads) && threads >= 1 && threads <= MAX_THREADS)) return;
  throw new Error(`mnist-wasm: ${origin} is ${threads}; expected a whole number from 1 to ${MAX_THREADS}.`);
}

/** Whether the reason has been told that there are fewer threads than asked for. */
let hasWarned = false;

/**
 * The threads beside the caller's, which run jobs of assembly/threads/pool.ts. They start in the background when the
 * first job could use them; until they are there, the caller computes alone.
 */
export class Threads {
  private hasStarted = false;
  /** Bit index of those that have not been seen yet, and of those that were. */
  private expected = 0;
  private ready = 0;
  private isDisposed = false;

  /**
   * @param wanted with the caller's
   * @param areas the address of THREAD_AREA_BYTES bytes for each thread but the caller's
   * @param startElsewhere takes the place of what the engine has
   */
  constructor(
    private readonly module: WebAssembly.Module,
    private readonly memory: WebAssembly.Memory,
    private readonly wasm: KernelExports,
    private readonly wanted: number,
    private readonly areas: number,
    private readonly startElsewhere?: BackendOptions['startThread'],
  ) {}

  /** Threads that run jobs now, the caller's included. */
  get count(): number {
    let count = 1;
    for (let bits = this.ready; bits; bits &= bits - 1) count++;
    return count;
  }

  /**
   * Starts the threads if a job could have used them, and counts those that are there: to be called between jobs. They
   * are looked for, and do not tell: a program that trains without a pause would get no message.
   */
  update(): void {
    if (this.expected) this.countReady();
    else if (!this.hasStarted && this.wanted > 1 && this.wasm.wants_threads()) this.startAll();
  }

  /** Ends the threads; the caller's goes on alone. */
  dispose(): void {
    this.isDisposed = true;
    this.ready = 0;
    this.wasm.stop_threads();
  }

  private startAll(): void {
    this.hasStarted = true;
    this.wasm.allow_sleep(maySleep());
    const {module, memory} = this;
    for (let index = 1; index < this.wanted; index++) {
      const area = this.areas + (index - 1) * THREAD_AREA_BYTES;
      this.expected |= 1 << index;
      try {
        const start = {module, memory, index, area};
        if (this.startElsewhere) this.startElsewhere(requestOf(start));
        else startThread(start, (reason) => this.noteEnd(index, reason));
      } catch (error) {
        this.noteEnd(index, String(error));
      }
    }
  }

  private countReady(): void {
    const found = this.wasm.ready_threads() & this.expected;
    if (!found) return;
    this.expected &= ~found;
    this.setReady(this.ready | found);
  }

  private setReady(threads: number): void {
    this.ready = threads;
    // A thread runs jobs if its index is less than this number.
    this.wasm.set_threads(32 - Math.clz32(threads | 1));
  }

  private noteEnd(index: number, reason: string): void {
    if (this.isDisposed) return;
    this.expected &= ~(1 << index);
    this.setReady(this.ready & ~(1 << index));
    if (hasWarned) return;
    hasWarned = true;
    console.warn(
      `mnist-wasm: a thread has ended or could not start${reason && `: ${reason}`}. It goes on with ${this.count} of ` +
        `${this.wanted} threads, and the same results.`,
    );
  }
}
