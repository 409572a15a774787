import {engine, getKernel, setBackend} from '@tensorflow/tfjs-core';
import {messageOf} from '../../common/errors';
import {compare, type MeasuredError} from '../cases/compare';
import {registerDefinitions} from '../cases/definitions';
import {type Output, runCase} from '../cases/run';
import type {KernelCase} from '../cases/types';

/** Two backends, by the names that they are registered under: one that is tested, and one that is taken as right. */
export interface Pair {
  backend: string;
  against: string;
}

/** What our kernels are compared with: tfjs-backend-cpu, with the definitions of kernels that it lacks. */
export function reference(): string {
  registerDefinitions();
  return 'cpu';
}

/**
 * - agrees, differs: within and beyond what the case allows. A leak counts as a difference.
 * - unsupported: one of the two lacks the kernel, or refuses the case with an error.
 * - trapped: one of the two ended in a WebAssembly trap, or never.
 */
export type Status = 'agrees' | 'differs' | 'unsupported' | 'trapped';

export interface Outcome {
  status: Status;
  /** What became of a case that does not agree. */
  message?: string;
  /** Where the outputs could be compared. */
  worst?: MeasuredError;
  /** Where one of the two threw. */
  cause?: unknown;
}

/** Told which backend is about to run a case. */
export type Started = (backend: string) => Promise<void> | undefined;

/** Runs a case on both backends, and compares. A case that states an error is run on the first one alone. */
export async function runPair(kernelCase: KernelCase, pair: Pair, started?: Started): Promise<Outcome> {
  const {tolerance, signedZero, throws} = kernelCase;
  if (throws) return checkRefusal(await attempt(kernelCase, pair.backend, started), throws);
  const outputs = await runBoth(kernelCase, pair, started);
  if (outputs.status !== 'done') return outputs;
  const {worst, message} = compare(outputs.expected, outputs.actual, tolerance, signedZero);
  return {status: message === undefined ? 'agrees' : 'differs', message, worst};
}

type Unfinished = Outcome & {status: Exclude<Status, 'agrees'>};

/** What both backends give for a case, or what it came to instead. */
export async function runBoth(
  kernelCase: KernelCase,
  {backend, against}: Pair,
  started?: Started,
): Promise<{status: 'done'; actual: Output[]; expected: Output[]} | Unfinished> {
  const {kernel} = kernelCase;
  const lacking = [backend, against].find((name) => !getKernel(kernel, name));
  if (lacking !== undefined) return {status: 'unsupported', message: `${lacking} has no kernel ${kernel}`};
  const actual = await attempt(kernelCase, backend, started);
  if (actual.status !== 'done') return actual;
  const expected = await attempt(kernelCase, against, started);
  if (expected.status !== 'done') return expected;
  return {status: 'done', actual: actual.outputs, expected: expected.outputs};
}

type Attempt = {status: 'done'; outputs: Output[]} | Unfinished;

async function attempt(kernelCase: KernelCase, backend: string, started?: Started): Promise<Attempt> {
  try {
    await started?.(backend);
    if (!(await setBackend(backend))) throw new Error('it does not start');
    return {status: 'done', outputs: await runCase(kernelCase, backend)};
  } catch (cause) {
    const message = messageOf(cause);
    if (cause instanceof WebAssembly.RuntimeError) {
      forget(backend);
      return {status: 'trapped', message: `${backend} traps: ${message}`, cause};
    }
    return {status: LEAK.test(message) ? 'differs' : 'unsupported', message: `${backend} throws: ${message}`, cause};
  } finally {
    // What it should not be given may be written past the end, and the next case would fail.
    if (backend === 'wasm' && kernelCase.tfjsWasm && 'skip' in kernelCase.tfjsWasm) forget(backend);
  }
}

/** What tfjs-core's engine throws, in test mode, where a kernel leaves data behind; and runCase, of a kernel's inputs. */
const LEAK = /has an internal memory leak|writes into its inputs/;

/**
 * Has the backend start anew when it is next used: a trap leaves its memory in disorder, and every later case would
 * fail. It is not disposed, for that would call into it again.
 */
function forget(backend: string): void {
  delete engine().registry[backend];
}

function checkRefusal(actual: Attempt, throws: RegExp): Outcome {
  if (actual.status === 'trapped') return actual;
  if (actual.status === 'done') return {status: 'differs', message: `expected an error like ${throws}, got a result`};
  if (throws.test(messageOf(actual.cause))) return {status: 'agrees'};
  return {...actual, status: 'differs', message: `expected an error like ${throws}, but ${actual.message}`};
}
