import {PARAMETER_WORDS} from '../../assembly/abi.js';

/** The words that TypeScript writes for the next call: dimensions, strides, a convolution's geometry. */
export class Parameters {
  constructor(
    private readonly memory: WebAssembly.Memory,
    private readonly offset: number,
  ) {}

  /**
   * Where the next call reads the values, which are int32.
   *
   * @throws RangeError if they are more than PARAMETER_WORDS
   */
  write(values: ArrayLike<number>): number {
    if (values.length > PARAMETER_WORDS) {
      throw new RangeError(`mnist-wasm: a call has ${values.length} parameters; expected at most ${PARAMETER_WORDS}.`);
    }
    this.view(values.length).set(values);
    return this.offset;
  }

  /** Runs what writes parameters of its own while a call's are written already, and puts those back. */
  preserve(run: () => void): void {
    const kept = this.view(PARAMETER_WORDS).slice();
    run();
    this.view(PARAMETER_WORDS).set(kept);
  }

  private view(words: number): Int32Array {
    return new Int32Array(this.memory.buffer, this.offset, words);
  }
}
