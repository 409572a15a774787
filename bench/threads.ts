/**
 * How many threads each contestant has. It is in the environment of this process, from where the backend takes it, and
 * the processes of the peers inherit it.
 */
const NAME = 'MNIST_WASM_THREADS';

export function setThreads(threads: number): void {
  process.env[NAME] = String(threads);
}

export function threadsOfRun(): number {
  return Number(process.env[NAME] ?? 1);
}
