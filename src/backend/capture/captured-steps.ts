import {engine, type Tensor, type Variable} from '@tensorflow/tfjs-core';
import type {RecordedStep, Step, StepProgram, StepRecords} from '../../shared/captured-steps.js';
import {recordCalls} from '../recorder.js';
import type {Tensors} from '../tensors.js';
import type {Threads} from '../threads/threads.js';
import {Arena, type Taken} from './arena.js';
import {type CapturedParts, Homes} from './homes.js';
import {type Move, moveAll, playbackOf} from './playback.js';
import {differenceOf, type Recorded} from './recorded.js';
import {StepRecorder} from './step-recorder.js';

const NO_MEMORY = 'there is no memory for it';

export interface CapturingParts extends CapturedParts {
  readonly tensors: Tensors;
  readonly threads: Threads;
}

/** The steps of one training, recorded on a backend that goes on with other work. */
export class CapturedSteps implements StepRecords {
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
    const {heap} = this.parts.storage;
    if (!this.prepare(step.variables)) {
      this.renew();
      if (!this.prepare(step.variables)) return {...this.runPlain(step), program: {failure: NO_MEMORY}};
    }
    const earlier = this.candidates.get(key);
    this.candidates.delete(key);
    const recorder = new StepRecorder((offset) => this.arena.isHome(offset));
    const others = otherVariables(this.homes);
    const start = new Map(step.variables.map((variable) => [variable.dataId, variable]));
    const inputs: Tensor[] = [];
    let outputs: Tensor[] = [];
    let inputOffsets: number[];
    let outputOffsets: number[];
    let taken: readonly Taken[];
    const sources = step.inputs.map((input) => this.parts.tensors.offset(input));
    const bytesOf = step.inputs.map((input) => this.bytesOf(input));
    const restore = recordCalls(this.parts.tensors.wasm, recorder);
    heap.recorder = recorder;
    this.parts.dataIds.watcher = recorder;
    this.arena.start(earlier?.taken);
    recorder.start(heap.memory);
    try {
      inputs.push(...step.inputs.map((input, i) => this.copyOf(input, sources[i], bytesOf[i])));
      inputOffsets = inputs.map((input) => this.parts.tensors.offset(input));
      outputs = step.run(inputs);
      this.parts.deferral.computeAll();
      outputOffsets = outputs.map((output) => this.parts.tensors.offset(output));
      recorder.stop();
    } finally {
      restore();
      heap.recorder = undefined;
      this.parts.dataIds.watcher = undefined;
      taken = this.arena.stop();
      for (const input of inputs) input.dispose();
    }
    const values = outputs.map((output) => output.dataSync()[0]);
    const areFloats = outputs.every(({dtype}) => dtype === 'float32');
    for (const output of outputs) output.dispose();
    const failure = this.arena.isGone ? NO_MEMORY : (recorder.failure ?? failureOf(recorder, start, step, others));
    if (failure) return {outputs: values, program: {failure}};
    if (!step.variables.every((variable) => !variable.isDisposed && this.homes.isAlone(variable))) {
      return {outputs: values, program: {failure: 'another tensor has the value of a variable'}};
    }
    if (!areFloats) return {outputs: values, program: {failure: 'a loss or metric is not float32'}};
    const moves = this.movesHome(step.variables);
    const threads = this.parts.threads.count;
    const recorded = {steps: recorder.steps, taken, inputs: inputOffsets, outputs: outputOffsets, moves, threads};
    const difference = earlier && differenceOf(earlier, recorded);
    if (earlier && !difference) return {outputs: values, program: this.programOf(recorded, bytesOf)};
    this.candidates.set(key, recorded);
    return {outputs: values, program: difference ? {failure: difference} : 'once more'};
  }

  private renew(): void {
    this.dispose();
    this.arena = new Arena(this.parts.storage.heap);
    this.homes = new Homes(this.parts, this.arena);
  }

  /** Everything computed, and all variables at home. */
  private prepare(variables: readonly Variable[]): boolean {
    if (this.arena.isGone) return false;
    this.parts.deferral.computeAll();
    return this.homes.add(variables) && this.homes.settle();
  }

  private runPlain(step: Step): {outputs: number[]} {
    const outputs = step.run([...step.inputs]);
    const values = outputs.map((output) => output.dataSync()[0]);
    for (const output of outputs) output.dispose();
    return {outputs: values};
  }

  private bytesOf({dataId}: Tensor): number {
    return this.parts.dataIds.get(dataId).buffer?.bytes ?? 0;
  }

  private copyOf({shape, dtype}: Tensor, from: number, bytes: number): Tensor {
    const {tensors, storage} = this.parts;
    const info = tensors.allocate(shape, dtype);
    const to = tensors.offset(info);
    new Uint8Array(storage.heap.memory.buffer).copyWithin(to, from, from + bytes);
    return engine().makeTensorFromTensorInfo(info);
  }

  private movesHome(variables: readonly Variable[]): Move[] {
    return variables.flatMap((variable) => {
      const {offset: from, bytes} = this.homes.bufferOf(variable);
      const to = this.homes.offsetOf(variable);
      return from === to ? [] : [{from, to, bytes}];
    });
  }

  private programOf(recorded: Recorded, bytesOf: readonly number[]): StepProgram {
    const {arena, homes, parts} = this;
    const {memory} = parts.storage.heap;
    const play = playbackOf(recorded.steps, parts.tensors.wasm);
    return {
      run(given) {
        parts.threads.update();
        if (arena.isGone || parts.threads.count !== recorded.threads || !homes.settle()) return 'lost';
        const sources = given.map((input) => parts.tensors.offset(input));
        if (arena.isGone) return 'lost';
        const bytes = new Uint8Array(memory.buffer);
        recorded.inputs.forEach((to, i) => {
          bytes.copyWithin(to, sources[i], sources[i] + bytesOf[i]);
        });
        if (!play(memory)) return 'other way';
        moveAll(memory, recorded.moves);
        const floats = new Float32Array(memory.buffer);
        return recorded.outputs.map((offset) => floats[offset / 4]);
      },
    };
  }
}

/** Variables that are not the step's, and their data ids. */
function otherVariables(homes: Homes): Map<Variable, object> {
  const all = Object.values(engine().registeredVariables);
  return new Map(all.filter((variable) => !homes.has(variable)).map((variable) => [variable, variable.dataId]));
}

/** Why a step cannot be repeated, by what it has used and changed. */
function failureOf(
  recorder: StepRecorder,
  start: ReadonlyMap<object, Variable>,
  {constants, variables}: Step,
  others: ReadonlyMap<Variable, object>,
): string | undefined {
  const allowed = new Set<object>(constants.map(({dataId}) => dataId));
  for (const dataId of recorder.used) {
    if (!start.has(dataId) && !allowed.has(dataId))
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
