import {PARAMETER_WORDS} from '../../assembly/abi.js';
import type {Heap} from './heap.js';

/**
 * The parameter area, to which TypeScript writes lists for the next call: dimensions, strides, a convolution's
 * geometry.
 */
export class Parameters {
  /** How many the last list had. */
  private written = 0;

  constructor(
    private readonly heap: Heap,
    private readonly offset: number,
  ) {}

  /**
   * Writes int32 values; returns the offset at which the next call reads them.
   *
   * @throws RangeError if they are more than PARAMETER_WORDS, or one is not a whole number of 32 bits
   */
  write(values: ArrayLike<number>): number {
    if (values.length > PARAMETER_WORDS) {
      throw new RangeError(`mnist-wasm: a call has ${values.length} parameters; expected at most ${PARAMETER_WORDS}.`);
    }
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      if (!(Number.isInteger(value) && value >= -(2 ** 31) && value < 2 ** 32)) {
        throw new RangeError(`mnist-wasm: a call has the parameter ${value}; expected whole numbers of 32 bits.`);
      }
    }
    this.put(values);
    return this.offset;
  }

  /** Runs a function that writes parameters of its own, and restores those that were there before. */
  preserve(run: () => void): void {
    const kept = this.view(this.written).slice();
    run();
    this.put(kept);
  }

  private put(values: ArrayLike<number>): void {
    this.heap.recorder?.wrote(this.offset, values.length * 4);
    this.view(values.length).set(values);
    this.written = values.length;
  }

  private view(words: number): Int32Array {
    return new Int32Array(this.heap.memory.buffer, this.offset, words);
  }
}
