import {engine, type Tensor, type Variable} from '@tensorflow/tfjs-core';
import type {RecordedStep, Step, StepProgram, StepRecords} from '../../shared/captured-steps.js';
import {OutOfMemoryError} from '../errors.js';
import {recordCalls} from '../recorder.js';
import type {Tensors} from '../tensors.js';
import type {Threads} from '../threads/threads.js';
import {Arena, type Taken} from './arena.js';
import {type CapturedParts, Homes} from './homes.js';
import {type Move, moveAll} from './moves.js';
import {playbackOf} from './playback.js';
import {type Merged, merge, type Recorded} from './recorded.js';
import {StepRecorder} from './step-recorder.js';

const NO_MEMORY = 'there is no memory for it';

/** Two recordings that are one program. */
type Program = Exclude<Merged, {difference: string}>;

export interface CapturingParts extends CapturedParts {
  readonly tensors: Tensors;
  readonly threads: Threads;
}

/** Records steps on a backend. */
export function recordStepsOn(parts: CapturingParts): StepRecords {
  return new CapturedSteps(parts);
}

/** The steps of one training, recorded on a backend that goes on with other work. */
class CapturedSteps implements StepRecords {
  private arena: Arena;
  private homes: Homes;
  /** Steps that were recorded once. */
  private readonly candidates = new Map<string, Recorded>();

  constructor(private readonly parts: CapturingParts) {
    this.arena = new Arena(parts.storage.heap);
    this.homes = new Homes(parts, this.arena);
  }

  dispose(): void {
    this.arena.giveUp();
    this.candidates.clear();
  }

  record(key: string, step: Step): RecordedStep {
    if (!this.prepare(step.variables)) {
      this.renew();
      if (!this.prepare(step.variables))
        return {outputs: valuesOf(step.run([...step.inputs])), program: {failure: NO_MEMORY}};
    }
    const earlier = this.candidates.get(key);
    this.candidates.delete(key);
    const {values, recorded, failure} = this.recordPrepared(step, earlier?.taken);
    // What is left in the memory of the program would be overwritten by it.
    const isLeft = !this.homes.settle() || this.arena.isShared;
    if (isLeft) this.renew();
    if (!recorded || isLeft) return {outputs: values, program: {failure: failure ?? 'a tensor of it is kept'}};
    const merged = earlier && merge(earlier, recorded);
    if (earlier && merged && 'steps' in merged) {
      return {outputs: values, program: this.programOf(key, recorded, merged)};
    }
    this.candidates.set(key, recorded);
    return {outputs: values, program: merged && 'difference' in merged ? {failure: merged.difference} : 'once more'};
  }

  /** Does a step, and records it. */
  private recordPrepared(
    step: Step,
    expected: readonly Taken[] | undefined,
  ): {values: number[]; recorded?: Recorded; failure?: string} {
    const {tensors, threads} = this.parts;
    const recorder = new StepRecorder((offset) => this.arena.isHome(offset));
    const others = otherVariables(this.homes);
    const start = new Set<object>(step.variables.map(({dataId}) => dataId));
    const inputs = step.inputs.map(
      (input): Move => ({from: tensors.offset(input), to: -1, bytes: this.bytesOf(input)}),
    );
    const stop = this.startRecording(recorder, expected);
    const copies: Tensor[] = [];
    let outputs: Tensor[];
    let outputOffsets: number[];
    let taken: readonly Taken[];
    try {
      for (const [i, input] of step.inputs.entries()) copies.push(this.copyOf(input, inputs[i]));
      outputs = step.run(copies);
      this.computeAll(recorder);
      outputOffsets = outputs.map((output) => tensors.offset(output));
      recorder.stop();
    } catch (error) {
      stop();
      this.renew();
      throw error;
    } finally {
      taken = stop();
      for (const copy of copies) copy.dispose();
    }
    if (outputs.some(({dtype}) => dtype !== 'float32')) recorder.fail('a loss or metric is not float32');
    const values = valuesOf(outputs);
    const failure = this.arena.isGone ? NO_MEMORY : (recorder.failure ?? failureOf(recorder, start, step, others));
    if (failure) return {values, failure};
    if (!step.variables.every((variable) => !variable.isDisposed && this.homes.isAlone(variable))) {
      return {values, failure: 'another tensor has the value of a variable'};
    }
    const moves = this.movesHome(step.variables);
    const {steps} = recorder;
    return {
      values,
      recorded: {steps, taken, inputs, outputs: outputOffsets, moves, threads: threads.count, given: step.given},
    };
  }

  /** Has all that the backend does recorded, until the function that it returns is called; it returns what was taken. */
  private startRecording(recorder: StepRecorder, expected: readonly Taken[] | undefined): () => readonly Taken[] {
    const {tensors, dataIds, storage} = this.parts;
    const {heap} = storage;
    const restore = recordCalls(tensors.wasm, recorder);
    heap.recorder = recorder;
    dataIds.watcher = recorder;
    this.arena.start(expected);
    recorder.start(heap.memory);
    return () => {
      restore();
      heap.recorder = undefined;
      dataIds.watcher = undefined;
      return this.arena.stop();
    };
  }

  /** What is deferred would be computed in the next step, and is part of this one here. */
  private computeAll(recorder: StepRecorder): void {
    try {
      this.parts.deferral.computeAll();
    } catch (error) {
      if (!(error instanceof OutOfMemoryError)) throw error;
      recorder.fail(NO_MEMORY);
    }
  }

  private renew(): void {
    this.dispose();
    this.arena = new Arena(this.parts.storage.heap);
    this.homes = new Homes(this.parts, this.arena);
  }

  /** Everything computed, and all variables at home. */
  private prepare(variables: readonly Variable[]): boolean {
    if (this.arena.isGone) return false;
    try {
      this.parts.deferral.computeAll();
      return this.homes.add(variables) && this.homes.settle();
    } catch (error) {
      if (error instanceof OutOfMemoryError) return false;
      throw error;
    }
  }

  private bytesOf({dataId}: Tensor): number {
    return this.parts.dataIds.get(dataId).buffer?.bytes ?? 0;
  }

  /** A copy of an input, whose place is noted. */
  private copyOf({shape, dtype}: Tensor, input: Move): Tensor {
    const {tensors, storage} = this.parts;
    const info = tensors.allocate(shape, dtype);
    input.to = tensors.offset(info);
    moveAll(storage.heap.memory, [input]);
    return engine().makeTensorFromTensorInfo(info);
  }

  private movesHome(variables: readonly Variable[]): Move[] {
    return variables.flatMap((variable) => {
      const {offset: from, bytes} = this.homes.bufferOf(variable);
      const to = this.homes.offsetOf(variable);
      return from === to ? [] : [{from, to, bytes}];
    });
  }

  private programOf(key: string, recorded: Recorded, {steps, isFor}: Program): StepProgram {
    const {arena, homes, parts, candidates} = this;
    const {inputs, outputs, moves, threads} = recorded;
    const {memory} = parts.storage.heap;
    const play = playbackOf(steps, parts.tensors.wasm);
    return {
      run(tensors, given) {
        if (!isFor(given)) {
          candidates.set(key, recorded);
          return 'once more';
        }
        parts.threads.update();
        if (arena.isGone || parts.threads.count !== threads || !homes.settle()) return 'lost';
        const sources = tensors.map((input) => parts.tensors.offset(input));
        // To compute an input the heap may have taken the memory of the program.
        if (arena.isGone) return 'lost';
        moveAll(
          memory,
          inputs.map(({to, bytes}, i) => ({from: sources[i], to, bytes})),
        );
        if (!play(memory, given)) return 'other way';
        moveAll(memory, moves);
        const floats = new Float32Array(memory.buffer);
        return outputs.map((offset) => floats[offset / 4]);
      },
    };
  }
}

/** The values of scalars, which are disposed. */
function valuesOf(outputs: readonly Tensor[]): number[] {
  const values = outputs.map((output) => output.dataSync()[0]);
  for (const output of outputs) output.dispose();
  return values;
}

/** Variables that are not the step's, and their data ids. */
function otherVariables(homes: Homes): Map<Variable, object> {
  const all = Object.values(engine().registeredVariables);
  return new Map(all.filter((variable) => !homes.has(variable)).map((variable) => [variable, variable.dataId]));
}

/** Why a step cannot be repeated, by what it has used and changed. */
function failureOf(
  recorder: StepRecorder,
  start: ReadonlySet<object>,
  {variables}: Step,
  others: ReadonlyMap<Variable, object>,
): string | undefined {
  if (recorder.used.some((dataId) => !start.has(dataId))) {
    return "it uses a tensor that is neither the model's nor its optimizer's";
  }
  const own = new Set(variables);
  const now = Object.values(engine().registeredVariables);
  for (const variable of now) {
    if (own.has(variable) || others.get(variable) === variable.dataId) continue;
    return `it makes or changes the variable '${variable.name}', which is neither the model's nor its optimizer's`;
  }
  const late = recorder.steps.findIndex(
    (step, i) => i > recorder.untouched && step.kind === 'call' && step.result !== undefined,
  );
  return late < 0 ? undefined : 'what it does depends on values that it computes after weights have changed';
}
