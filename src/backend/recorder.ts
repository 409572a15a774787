import type {KernelExportName, KernelExports} from './module/load.js';

/**
 * Is told all that a backend does with its memory, in order: what JavaScript writes, reads and calls. That is enough to
 * do it again, on other inputs of the same shapes, where no value decided what was done.
 */
export interface Recorder {
  /** A function of the module is about to run. */
  calling(name: KernelExportName): void;
  /** It returned a number, or 0 or 1, or nothing. */
  called(name: KernelExportName, numbers: readonly number[], result: number | undefined): void;
  /** JavaScript writes to a range, before the next call: its content counts there. */
  wrote(offset: number, bytes: number): void;
  /** Other values will be at an offset: those that JavaScript wrote there are gone. */
  reused(offset: number): void;
  /** Whether the values at an offset are what JavaScript wrote: the same in every run. */
  isConstant(offset: number): boolean;
  /** JavaScript reads values, and may do what they tell. */
  reading(offset: number): void;
  /** Whether a number that may be another in each run can be copied into an instruction; if not, none is. */
  readonly copiesNumbers: boolean;
  /** A word that JavaScript writes is the number at an offset. */
  copied(word: number, from: number): void;
  /** The call before has put a result in the place of an operand, at an offset. */
  overwritten(offset: number): void;
}

/** Functions that tell how much scratch a call takes, or which path, or have to do with threads: they change nothing. */
export const QUERIES =
  /_scratch_bytes$|_path$|_packing$|^(heap_base|parameters_offset|thread_count|ready_threads|wants_threads|note_chunks)$/;

/** The functions of a module, whose calls are told to a recorder. */
export function recordedKernels(wasm: KernelExports, recorder: Recorder): KernelExports {
  const recorded: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(wasm)) {
    recorded[name] =
      typeof value !== 'function'
        ? value
        : (...args: (number | boolean)[]) => {
            recorder.calling(name as KernelExportName);
            const result = (value as (...args: unknown[]) => number | undefined)(...args);
            recorder.called(name as KernelExportName, args.map(Number), result);
            return result;
          };
  }
  return recorded as unknown as KernelExports;
}

/** Has the calls of functions told to a recorder, until the function that it returns is called. */
export function recordCalls(wasm: KernelExports, recorder: Recorder): () => void {
  const original = {...wasm};
  Object.assign(wasm, recordedKernels(original, recorder));
  return () => Object.assign(wasm, original);
}
