import {backend, setBackend} from '@tensorflow/tfjs-core';
import {mean, middleHalf} from '../../common/statistics';
import type {MnistWasmBackend} from '../../src/internal';
import {medianMilliseconds, OF_MODEL} from '../measure';
import type {Training} from '../models';
import {type PreparedModel, prepareModel} from '../models/prepare';
import {SUBJECT} from '../subject';
import {COLLECTION, type FunctionNames, type GroupTimes, timesOf} from './groups';
import {KernelClock, timeKernels} from './kernel-clock';
import {Meter, type Product, type Traffic} from './meter';
import {measureOverhead, type Overhead} from './overhead';
import {microseconds, sampleStacks} from './sampler';
import {settleAfterUpdates} from './updates';

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
  /** Milliseconds of a step by what they are spent on, as sampled; they add up to a step while sampled. */
  groups: GroupTimes;
  /** Calls, milliseconds and bytes are those of a step. */
  products: Product[];
  chains: Traffic;
  updates: Traffic;
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

/** Profiles a training step of a model on mnist-wasm; `functions` are those of the module that runs. */
export async function profileModel(model: string, training: Training, functions: FunctionNames): Promise<Profile> {
  await setBackend(SUBJECT);
  const prepared = prepareModel({model, task: 'training step', ...training});
  const {call, capture, dispose} = prepared;
  const milliseconds = await medianMilliseconds(call, OF_MODEL);
  const steps = await profileSteps(call);
  const metered = await withUpdatesSettled(prepared, (meter) => meterSteps(call, meter));
  const groups = await withUpdatesSettled(prepared, () => sampleSteps(call, functions));
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
    groups,
    ...metered,
  };
}

/** Runs something with the optimizer's updates computed within it; the meter knows when. */
async function withUpdatesSettled<T>({optimizer, model}: PreparedModel, run: (meter: Meter) => Promise<T>): Promise<T> {
  const meter = new Meter();
  const restore = settleAfterUpdates(optimizer, model, {
    began: () => {
      meter.isUpdating = true;
    },
    ended: () => {
      meter.isUpdating = false;
    },
  });
  try {
    return await run(meter);
  } finally {
    restore();
  }
}

/** What a step's products and passes over tensors are, on average. */
async function meterSteps(
  call: () => unknown,
  meter: Meter,
): Promise<Pick<Profile, 'products' | 'chains' | 'updates'>> {
  for (let i = 0; i < WARM_UP_STEPS; i++) await call();
  const detach = meter.attach(backend() as MnistWasmBackend);
  try {
    const steps = await repeat(call, MAX_STEPS);
    const ofStep = ({calls, bytes}: Traffic) => ({calls: Math.round(calls / steps), bytes: bytes / steps});
    const products = [...meter.products.values()].map(({times, ...product}) => {
      const calls = Math.round(times.length / steps);
      return {...product, calls, milliseconds: calls * mean(middleHalf(times, (time) => time))};
    });
    return {
      products: products.sort((a, b) => b.milliseconds - a.milliseconds),
      chains: ofStep(meter.chains),
      updates: ofStep(meter.updates),
    };
  } finally {
    detach();
  }
}

/**
 * By a sampling profiler, which leaves the kernels as they are: means over the middle half of the steps; of garbage
 * collection, which makes few steps long, over all.
 */
async function sampleSteps(call: () => unknown, functions: FunctionNames): Promise<GroupTimes> {
  const steps: {start: number; end: number}[] = [];
  const samples = await sampleStacks(() =>
    repeat(async () => {
      const start = microseconds();
      await call();
      steps.push({start, end: microseconds()});
    }),
  );
  const meanOver = (chosen: typeof steps) => {
    const within = samples.filter(({at}) => chosen.some(({start, end}) => at > start && at <= end));
    const ofStep = Object.entries(timesOf(within, functions)).map(([group, time]) => [group, time / chosen.length]);
    return Object.fromEntries(ofStep) as GroupTimes;
  };
  const middle = middleHalf(steps, ({start, end}) => end - start);
  return {...meanOver(middle), [COLLECTION]: meanOver(steps)[COLLECTION]};
}

/** Repeats steps, and tells how many. */
async function repeat(call: () => unknown, maxSteps = Infinity): Promise<number> {
  const start = performance.now();
  for (let steps = 0; ; steps++) {
    if (steps >= maxSteps || (steps >= MIN_STEPS && performance.now() - start >= MAX_MS)) return steps;
    await call();
  }
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
