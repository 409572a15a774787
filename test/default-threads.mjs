import {availableParallelism} from 'node:os';

/** As src/backend/threads/platform.ts has it. */
const MAX_DEFAULT_THREADS = 8;

/** What the backend computes with on this machine, where there are threads and nobody asks for another number. */
export function defaultThreads() {
  return Math.min(availableParallelism(), MAX_DEFAULT_THREADS);
}
