import type {KernelExportName} from '../backend/module/load.js';
import type {Recorder} from '../backend/recorder.js';
import type {Step} from './program.js';

/** Functions that tell how much scratch a call takes, or which path, or have to do with threads: they change nothing. */
const QUERIES =
  /_scratch_bytes$|_path$|_packing$|^(heap_base|parameters_offset|thread_count|ready_threads|wants_threads|note_chunks)$/;

/** The steps of a program, as a backend does them. */
export class Recording implements Recorder {
  readonly steps: Step[] = [];
  /** Where the values are those that JavaScript wrote. */
  private readonly constants = new Set<number>();
  /** Ranges that JavaScript has written since the last call. */
  private readonly written = new Map<number, number>();
  /** The memory of the backend, from which on everything is recorded: what is there before is part of the program. */
  private memory: WebAssembly.Memory | undefined;

  start(memory: WebAssembly.Memory): void {
    this.memory = memory;
  }

  stop(): void {
    this.memory = undefined;
  }

  calling(name: KernelExportName): void {
    if (!this.memory || QUERIES.test(name)) return;
    for (const [offset, bytes] of this.written) {
      this.steps.push({kind: 'write', offset, content: new Uint8Array(this.memory.buffer, offset, bytes).slice()});
    }
    this.written.clear();
  }

  called(name: KernelExportName, numbers: readonly number[], result: number | undefined): void {
    if (!this.memory || QUERIES.test(name)) return;
    this.steps.push({kind: 'call', name, numbers, result: result === undefined ? undefined : Number(result)});
  }

  wrote(offset: number, bytes: number): void {
    this.constants.add(offset);
    if (this.memory && bytes > 0) this.written.set(offset, bytes);
  }

  reused(offset: number): void {
    this.constants.delete(offset);
    this.written.delete(offset);
  }

  isConstant(offset: number): boolean {
    return this.constants.has(offset);
  }
}
