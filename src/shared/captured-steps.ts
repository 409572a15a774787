import type {Tensor, Variable} from '@tensorflow/tfjs-core';

/** A step of training, as a backend records it. */
export interface Step {
  /** What the step reads and replaces, or only reads. */
  variables: readonly Variable[];
  /** All else that it reads. */
  inputs: readonly Tensor[];
  /** Numbers of JavaScript that it writes, as float32, which may be others in the next step. */
  numbers: readonly number[];
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
   * where it has the numbers ('once more').
   */
  run(inputs: readonly Tensor[], numbers: readonly number[]): number[] | 'lost' | 'other way' | 'once more';
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
