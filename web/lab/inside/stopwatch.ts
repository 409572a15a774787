import type {Timed} from './types';

/** Adds up the time that one request computes, without what others do between its chunks. */
export class Stopwatch {
  private milliseconds = 0;

  async run<T>(compute: () => Promise<T>): Promise<T> {
    const began = performance.now();
    try {
      return await compute();
    } finally {
      this.milliseconds += performance.now() - began;
    }
  }

  timed<T>(value: T): Timed<T> {
    return {value, took: this.milliseconds};
  }
}

/** One computation, without chunks. */
export async function timed<T>(compute: () => Promise<T>): Promise<Timed<T>> {
  const watch = new Stopwatch();
  return watch.timed(await watch.run(compute));
}
