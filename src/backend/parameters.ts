/** The words that TypeScript writes for the next call: dimensions, strides, a convolution's geometry. */
export class Parameters {
  constructor(
    private readonly memory: WebAssembly.Memory,
    private readonly offset: number,
    /** The int32 that there are. */
    private readonly words: number,
  ) {}

  /** Where the next call reads the values, which are int32. */
  write(values: ArrayLike<number>): number {
    this.view(values.length).set(values);
    return this.offset;
  }

  /** Runs what writes parameters of its own while a call's are written already, and puts those back. */
  preserve(run: () => void): void {
    const kept = this.view(this.words).slice();
    run();
    this.view(this.words).set(kept);
  }

  private view(words: number): Int32Array {
    return new Int32Array(this.memory.buffer, this.offset, words);
  }
}
