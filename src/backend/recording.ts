import {ComputedValueError} from './errors.js';
import type {KernelExportName} from './module/load.js';
import {QUERIES, type Recorder} from './recorder.js';
import type {Step} from './step.js';

/** The steps of a program, as a backend does them; a recording may have `Other` steps too. */
export class Recording<Other = never> implements Recorder {
  readonly copiesNumbers: boolean = false;
  readonly steps: (Step | Other)[] = [];
  /** Where the values are those that JavaScript wrote. */
  private readonly constants = new Set<number>();
  /** Ranges that JavaScript has written since the last call. */
  private readonly written = new Map<number, number>();
  /** The memory of the backend, from which on everything is recorded: what is there before is part of the program. */
  protected memory: WebAssembly.Memory | undefined;

  start(memory: WebAssembly.Memory): void {
    this.memory = memory;
  }

  stop(): void {
    this.memory = undefined;
  }

  calling(name: KernelExportName): void {
    if (!QUERIES.test(name)) this.flush();
  }

  called(name: KernelExportName, numbers: readonly number[], result: number | undefined): void {
    if (!this.memory || QUERIES.test(name)) return;
    this.steps.push({kind: 'call', name, numbers, result: result === undefined ? undefined : Number(result)});
  }

  /** What JavaScript has written since the last call becomes steps. */
  protected flush(): void {
    if (!this.memory) return;
    for (const [offset, bytes] of this.written) {
      this.steps.push({kind: 'write', offset, content: new Uint8Array(this.memory.buffer, offset, bytes).slice()});
    }
    this.written.clear();
  }

  wrote(offset: number, bytes: number): void {
    this.constants.add(offset);
    if (this.memory && bytes > 0) this.written.set(offset, bytes);
  }

  /** A call has written what it will write in every run. */
  protected noteConstant(offset: number): void {
    this.constants.add(offset);
  }

  reused(offset: number): void {
    this.constants.delete(offset);
    this.written.delete(offset);
  }

  isConstant(offset: number): boolean {
    return this.constants.has(offset);
  }

  reading(offset: number): void {
    if (!this.isConstant(offset)) throw new ComputedValueError();
  }

  copied(_word: number, _from: number): void {
    // Only constants are, where no numbers are copied.
  }

  overwritten(_offset: number): void {
    // All of the memory is the program's own.
  }
}
