import fc, {type Arbitrary} from 'fast-check';
import {type MeasuredError, worstOf} from '../cases/compare';
import type {InputSpec, KernelCase} from '../cases/types';
import {randomCases} from '../random';
import type {RandomCase} from '../random/types';
import {type Outcome, type Pair, runPair} from './pair';

/** How many random cases a kernel gets where nothing else is said. */
export const DEFAULT_RUNS = 200;

/** The random cases of a kernel, the values of their inputs drawn anew for each. */
export function randomCalls(kernel: string): Arbitrary<KernelCase> {
  return fc.tuple(fc.nat(1 << 16), randomCases[kernel]).map(([seed, generated]) => seeded(kernel, generated, seed));
}

/** Inputs that have a seed of their own, or values, keep them. */
function seeded(kernel: string, {inputs, ...rest}: RandomCase, seed: number): KernelCase {
  const entries = Object.entries(inputs).map(([name, spec]: [string, InputSpec]) => [name, {seed, ...spec}] as const);
  const drawn = Array.isArray(inputs) ? entries.map(([, spec]) => spec) : Object.fromEntries(entries);
  return {kernel, name: 'random', inputs: drawn, ...rest};
}

/** A case in one line. */
export function describeCall({inputs, attrs, gradient}: KernelCase): string {
  return fc.stringify({inputs, ...(attrs && {attrs}), ...(gradient && {gradient})});
}

export interface RandomRequest {
  kernel: string;
  runs: number;
  seed: number;
  /** fast-check's path to one case: only that is run, and not made smaller. */
  path?: string;
}

export interface RandomOutcome {
  /** How many cases were run, up to and with the first that failed. */
  runs: number;
  unsupported: number;
  worst?: MeasuredError;
  failure?: RandomFailure;
}

/** The smallest failing case that was found. */
interface RandomFailure {
  status: 'differs' | 'trapped';
  message: string;
  path: string;
}

class FailingCase extends Error {
  constructor(
    readonly status: RandomFailure['status'],
    message = '',
  ) {
    super(message);
  }
}

/** Runs random cases of one kernel until one fails; `started` is told the backend and the path before each is run. */
export async function runRandom(
  {kernel, runs, seed, path}: RandomRequest,
  pair: Pair,
  started: (backend: string, path: string) => Promise<void>,
): Promise<RandomOutcome> {
  const outcomes: Outcome[] = [];
  let failed = false;
  const property = fc.asyncProperty(randomCalls(kernel), async (kernelCase) => {
    // While a failing case is made smaller, the path stays that of the first one: the smaller one's is not known yet.
    const at = path ?? String(failed ? outcomes.length - 1 : outcomes.length);
    const outcome = await runPair(kernelCase, pair, (backend) => started(backend, at));
    if (!failed) outcomes.push(outcome);
    if (outcome.status === 'agrees' || outcome.status === 'unsupported') return;
    failed = true;
    throw new FailingCase(outcome.status, `${describeCall(kernelCase)}: ${outcome.message}`);
  });
  const details = await fc.check(property, {seed, numRuns: runs, path, endOnFailure: path !== undefined});
  const result: RandomOutcome = {
    runs: outcomes.length,
    unsupported: outcomes.filter(({status}) => status === 'unsupported').length,
    worst: worstOf(outcomes.flatMap(({worst}) => worst ?? [])),
  };
  if (!details.failed) return result;
  const {errorInstance: failure, counterexamplePath} = details;
  if (!(failure instanceof FailingCase)) throw failure;
  return {...result, failure: {status: failure.status, message: failure.message, path: counterexamplePath ?? '0'}};
}
