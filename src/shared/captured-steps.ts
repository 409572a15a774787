import type {Tensor, Variable} from '@tensorflow/tfjs-core';

/** What JavaScript gives a step, which may be something else in the next. */
export interface Given {
  /** Numbers that it writes, rounded to float32. */
  readonly numbers: readonly number[];
  /** The seeds of masks that it draws. */
  readonly seeds: readonly string[];
}

/** A step of training, as a backend records it. */
export interface Step {
  /** What the step reads and replaces, or only reads. */
  variables: readonly Variable[];
  /** All else that it reads. */
  inputs: readonly Tensor[];
  given: Given;
  /** Runs it with copies of the inputs; its results are numbers, and the caller's. */
  run(inputs: Tensor[]): Tensor[];
}

/** What came of a step that was recorded: it has been done, whether it can be repeated or not. */
export interface RecordedStep {
  outputs: number[];
  /** Whether it can be repeated, once it has been recorded twice, the same both times; or why not. */
  program: StepProgram | 'once more' | {failure: string};
}

/** A step that runs without tfjs. */
export interface StepProgram {
  /**
   * Runs the step on other inputs of the same shapes: its results. Or nothing has changed, because the program is for a
   * backend that has changed since ('lost'), or it would go another way with these values ('other way'), or it is not known
   * what it makes of what it is given ('once more').
   */
  run(inputs: readonly Tensor[], given: Given): number[] | 'lost' | 'other way' | 'once more';
}

/** Steps that were recorded, and the memory that they keep. */
export interface StepRecords {
  /** Does a step and records it. `key` tells steps apart that do different things: other shapes. */
  record(key: string, step: Step): RecordedStep;
  /** Drops all programs, and gives the memory back. */
  dispose(): void;
}

/** A backend that can record steps. */
export interface StepRecordingBackend {
  recordSteps(): StepRecords;
}
