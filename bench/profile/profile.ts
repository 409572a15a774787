import {backend, setBackend} from '@tensorflow/tfjs-core';
import {mean, middleHalf} from '../../common/statistics';
import type {MnistWasmBackend} from '../../src/internal';
import {medianMilliseconds, OF_MODEL} from '../measure';
import {findModel} from '../models';
import {prepareModel} from '../models/prepare';
import {SUBJECT} from '../subject';
import {KernelClock, timeKernels} from './kernel-clock';
import {measureOverhead, type Overhead} from './overhead';

interface ProfileLine {
  name: string;
  /** Calls a step; absent for the engine. */
  calls?: number;
  /** A step. */
  milliseconds: number;
}

/** Where the time of a training step goes. */
export interface Profile {
  model: string;
  batch: number;
  /** The median step when nothing else is timed. */
  milliseconds: number;
  /** The median step of captureTraining; absent where it cannot be captured. */
  captured?: number;
  /** So many were profiled. */
  steps: number;
  /** They add up to a profiled step, the longest first. */
  lines: ProfileLine[];
  overhead: Overhead;
}

/** Element-wise operations do nothing when they are called; this is where they are computed, whoever asked for it. */
const DEFERRED = 'deferred element-wise chains';
/** A call that was pending, so that its epilogue is computed in the same pass. */
const PENDING = 'deferred';
const ENGINE = 'engine: tfjs and JavaScript';
const WARM_UP_STEPS = 5;
const MIN_STEPS = 8;
const MAX_STEPS = 100;
const MAX_MS = 4000;

/** Profiles a training step of a model on mnist-wasm. */
export async function profileModel(model: string): Promise<Profile> {
  await setBackend(SUBJECT);
  const [training] = findModel(model).trainings;
  const {call, capture, dispose} = prepareModel({model, task: 'training step', ...training});
  const milliseconds = await medianMilliseconds(call, OF_MODEL);
  const steps = await profileSteps(call);
  const captured = capture();
  const ofCaptured = await medianMilliseconds(call, OF_MODEL);
  const isCaptured = captured.reason === undefined;
  captured.dispose();
  const overhead = await measureOverhead(call);
  dispose();
  const lines = average(steps);
  return {
    model,
    batch: training.batch,
    milliseconds,
    ...(isCaptured && {captured: ofCaptured}),
    steps: steps.length,
    lines,
    overhead,
  };
}

interface Step {
  elapsed: number;
  clock: KernelClock;
}

async function profileSteps(call: () => unknown): Promise<Step[]> {
  let clock = new KernelClock();
  const restoreKernels = timeKernels(SUBJECT, () => clock);
  const mnistWasm = backend() as MnistWasmBackend;
  mnistWasm.runEvaluation = (evaluate, kernelName) =>
    clock.time(kernelName ? `${kernelName}, ${PENDING}` : DEFERRED, evaluate);
  try {
    for (let i = 0; i < WARM_UP_STEPS; i++) await call();
    const steps: Step[] = [];
    const start = performance.now();
    while (steps.length < MIN_STEPS || (steps.length < MAX_STEPS && performance.now() - start < MAX_MS)) {
      clock = new KernelClock();
      const before = performance.now();
      await call();
      steps.push({elapsed: performance.now() - before, clock});
    }
    return steps;
  } finally {
    mnistWasm.runEvaluation = (evaluate) => evaluate();
    restoreKernels();
  }
}

/** The means over the middle half of the steps, which add up, as medians would not. */
function average(steps: readonly Step[]): ProfileLine[] {
  const middle = middleHalf(steps, ({elapsed}) => elapsed);
  const meanOf = (of: (step: Step) => number) => mean(middle.map(of));
  const names = new Set(middle.flatMap(({clock}) => [...clock.spent.keys()]));
  const lines: ProfileLine[] = [...names].map((name) => ({
    name,
    calls: Math.round(meanOf(({clock}) => clock.spent.get(name)?.calls ?? 0)),
    milliseconds: meanOf(({clock}) => clock.spent.get(name)?.milliseconds ?? 0),
  }));
  const inKernels = lines.reduce((sum, line) => sum + line.milliseconds, 0);
  lines.push({name: ENGINE, milliseconds: meanOf(({elapsed}) => elapsed) - inKernels});
  return lines.sort((a, b) => b.milliseconds - a.milliseconds);
}
