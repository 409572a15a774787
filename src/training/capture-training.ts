import {backend, type Optimizer, type Scalar, scalar, Tensor} from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import type {RecordedStep, StepProgram, StepRecordingBackend, StepRecords} from '../shared/captured-steps.js';
import {ITERATIONS, StepSettings} from './step-settings.js';

/** The training of a model whose steps are captured. */
export interface CapturedTraining {
  /** Why the last step did not repeat what was recorded; undefined where it did. */
  readonly reason: string | undefined;
  /** Gives back the memory that the recorded steps keep. Steps run as ever from here on. */
  dispose(): void;
}

/**
 * Captures the steps of a model: from here on `fit`, `fitDataset` and `trainOnBatch` record the first ones, and repeat
 * what was recorded without tfjs, with the same bits, until `dispose` is called. A step makes the same calls of the
 * backend's kernels every time, so that tfjs need not find them out again, which takes a tenth to a third of the step of a
 * small model.
 *
 * A step is recorded anew where the model, its layers or its optimizer have other values of their properties; the variables,
 * the learning rate and the seeds of Dropout may be set in between. What layers, losses, metrics or optimizers of your own do
 * in JavaScript is done while a step is recorded, and only then. Other random numbers that JavaScript draws in each step cannot be repeated: such
 * a model, steps with weights for classes, and any model on another backend train as ever. The last call for a model counts.
 */
export function captureTraining(model: LayersModel): CapturedTraining {
  return new Capture(model);
}

/** A step of training: inputs, targets and weights of examples, which fit gives as null where there are none, to the loss and metrics. */
type TrainFunction = (data: (Tensor | null)[]) => Scalar[];

/** What tfjs-layers has of a model beyond its types. */
interface Internals {
  optimizer_: Optimizer | undefined;
  makeTrainFunction(): TrainFunction;
}

interface NewStep {
  readonly key: string;
  readonly data: Tensor[];
  readonly optimizer: Optimizer;
  readonly train: TrainFunction;
}

interface Captured {
  readonly program: StepProgram;
  /** By how much a step counts the optimizer's steps up. */
  readonly iterations: number;
}

/** Of a model's methods that were replaced here, what they replaced. */
const originals = new WeakMap<Internals['makeTrainFunction'], Internals['makeTrainFunction']>();

/** Programs for batches of so many shapes are kept. */
const MAX_PROGRAMS = 4;
/** So many steps may be recorded at first, and one more for so many steps that are done: recording takes longer. */
const MAX_CREDIT = 8;
const STEPS_OF_A_RECORDING = 50;
/** A program is two recordings. */
const RECORDINGS = 2;

class Capture implements CapturedTraining {
  reason: string | undefined = 'no step was recorded yet';
  private on: {backend: StepRecordingBackend; records: StepRecords} | undefined;
  private settings: StepSettings | undefined;
  private readonly programs = new Map<string, Captured>();
  /** The steps that were recorded once. */
  private begun: string | undefined;
  private credit = MAX_CREDIT;
  private isDisposed = false;
  /** The model that trains. */
  private model: LayersModel & Internals;
  private readonly compile: LayersModel['compile'];
  /** What takes back what was put in the place of the model's own methods. */
  private readonly undo: (() => void)[] = [];
  /** The shapes of batches whose steps were recorded. */
  private readonly keys = new Set<string>();
  private sinceRepeat = 0;

  constructor(private readonly given: LayersModel) {
    this.model = this.attach();
    const {compile} = given;
    // A sequential model that is compiled has another model within.
    this.compile = (args) => {
      compile.call(given, args);
      if (!this.isDisposed) this.model = this.attach();
    };
    this.undo.push(() => {
      if (given.compile === this.compile) given.compile = compile;
    });
    given.compile = this.compile;
  }

  dispose(): void {
    this.isDisposed = true;
    this.reason = 'it was disposed';
    this.drop();
    for (const undo of this.undo.splice(0)) undo();
  }

  /** Has the model that trains make its steps here; returns it. */
  private attach(): LayersModel & Internals {
    const model = innerModel(this.given);
    const {makeTrainFunction} = model;
    if (model === this.model && originals.has(makeTrainFunction)) return model;
    this.drop();
    const original = originals.get(makeTrainFunction) ?? makeTrainFunction;
    const ours = () => {
      const train = original.call(model);
      return (data: (Tensor | null)[]) =>
        this.capturedStep(data, train)?.map((result) => scalar(result)) ?? train(data);
    };
    originals.set(ours, original);
    model.makeTrainFunction = ours;
    this.undo.push(() => {
      if (model.makeTrainFunction === ours) model.makeTrainFunction = original;
    });
    return model;
  }

  /** The results of a step that was repeated or recorded; undefined if it is still to be done, and nothing has changed. */
  private capturedStep(given: readonly (Tensor | null)[], train: TrainFunction): number[] | undefined {
    if (this.isDisposed) return undefined;
    this.credit = Math.min(MAX_CREDIT, this.credit + 1 / STEPS_OF_A_RECORDING);
    const {optimizer_: optimizer, inputs, outputs} = this.model;
    const count = inputs.length + outputs.length;
    const data = given.slice(0, count);
    this.reason = undefined;
    if (!this.recordsHere()) this.reason = 'the backend does not record steps';
    else if (given.slice(count).some((weights) => weights)) this.reason = 'classes have weights';
    if (this.reason || !optimizer) return undefined;
    if (!data.every(isNumeric)) {
      this.reason = 'the batch is no tensors of numbers';
      return undefined;
    }
    const key = JSON.stringify(data.map(({shape, dtype}) => [shape, dtype]));
    this.sinceRepeat++;
    if (this.settings && !this.settings.hold) this.drop();
    return this.repeat(key, data, optimizer) ?? this.record({key, data, optimizer, train});
  }

  /** Runs the program for such data, if there is one, and it can run; if not, `reason` may tell why. */
  private repeat(key: string, data: readonly Tensor[], optimizer: Optimizer): number[] | undefined {
    const captured = this.programs.get(key);
    if (!captured || !this.settings) return undefined;
    const tensors = [...data, ...this.settings.tensors];
    const results = this.credit > 0 ? captured.program.run(tensors, this.settings.given()) : 'other way';
    if (results === 'lost') {
      this.drop();
    } else if (results === 'once more') {
      this.programs.delete(key);
      this.begun = key;
    } else if (results === 'other way') {
      this.credit = Math.max(0, this.credit - 1);
      this.reason = 'with these values another step is made';
    } else {
      count(optimizer, captured.iterations);
      this.sinceRepeat = 0;
      return results;
    }
    return undefined;
  }

  /** Does a step and records it; undefined if that would be in vain. */
  private record(step: NewStep): number[] | undefined {
    const {key, data, optimizer, train} = step;
    const records = this.recordsHere();
    this.reason ??= this.obstacle(key, optimizer);
    if (this.reason || !records) return undefined;
    this.keys.add(key);
    const settings = this.settings ?? new StepSettings(this.model, optimizer);
    if (![...settings.variables, ...settings.tensors].every(isNumeric)) {
      this.reason = 'a variable is no tensor of numbers';
      return undefined;
    }
    this.credit--;
    const before = iterationsOf(optimizer);
    const given = settings.given();
    const {outputs, program}: RecordedStep = records.record(key, {
      variables: settings.variables,
      given,
      inputs: [...data, ...settings.tensors],
      run: (inputs) => settings.runWith(inputs.slice(data.length), given, () => train(inputs.slice(0, data.length))),
    });
    this.begun = program === 'once more' ? key : undefined;
    const {changed} = settings;
    this.reason = 'the step was recorded';
    if (changed) this.reason = `a step changes '${changed}'`;
    else if (typeof program === 'object' && 'failure' in program) this.reason = program.failure;
    else this.settings = settings;
    if (this.settings && typeof program === 'object' && 'run' in program) {
      this.programs.set(key, {program, iterations: iterationsOf(optimizer) - before});
    }
    return outputs;
  }

  /** Why a step had better not be recorded. */
  private obstacle(key: string, optimizer: Optimizer): string | undefined {
    if (iterationsOf(optimizer) === 0) return 'the first step makes what the optimizer keeps';
    if (this.credit < (this.begun === key ? 1 : RECORDINGS)) return 'steps were recorded in vain before';
    if (this.keys.size < MAX_PROGRAMS || this.keys.has(key)) return undefined;
    // What is kept for shapes that are gone would stay until the end.
    if (this.sinceRepeat > STEPS_OF_A_RECORDING) this.drop();
    return 'batches have too many shapes';
  }

  private drop(): void {
    this.programs.clear();
    this.keys.clear();
    this.begun = undefined;
    this.settings = undefined;
    this.on?.records.dispose();
    this.on = undefined;
  }

  /** The records on tfjs's backend of the moment; undefined if it has none. */
  private recordsHere(): StepRecords | undefined {
    const now: unknown = backend();
    if (this.on && this.on.backend !== now) this.drop();
    if (!this.on && isStepRecording(now)) this.on = {backend: now, records: now.recordSteps()};
    return this.on?.records;
  }
}

function isStepRecording(given: unknown): given is StepRecordingBackend {
  return typeof (given as StepRecordingBackend).recordSteps === 'function';
}

/** The model that trains: a sequential model has one within. */
function innerModel(model: LayersModel): LayersModel & Internals {
  return ((model as LayersModel & {model?: LayersModel}).model ?? model) as LayersModel & Internals;
}

function isNumeric(given: unknown): given is Tensor {
  return given instanceof Tensor && !given.isDisposed && given.dtype !== 'string' && given.dtype !== 'complex64';
}

function iterationsOf(optimizer: Optimizer): number {
  return (optimizer as unknown as Record<string, number | undefined>)[ITERATIONS] ?? 0;
}

function count(optimizer: Optimizer, steps: number): void {
  if (steps !== 0) Object.assign(optimizer, {[ITERATIONS]: iterationsOf(optimizer) + steps});
}
