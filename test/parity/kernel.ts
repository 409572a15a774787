import {progress} from '../../common/node/progress-line';
import {allCases} from '../cases';
import type {KernelCase} from '../cases/types';
import {randomCases} from '../random';
import {type ParityOptions, reproduction} from './options';
import type {Outcome} from './pair';
import type {CaseResult, KernelReport} from './report';
import type {Runner} from './runner';

/** Where a backend has not come back from so many cases of a kernel, the others of that kernel are not run. */
const MOST_LOST = 3;

/** Runs the cases of one kernel, and random ones where they are asked for. */
export async function runKernelCases(
  kernel: string,
  cases: readonly KernelCase[],
  runner: Runner,
  options: ParityOptions,
): Promise<KernelReport> {
  const results: CaseResult[] = [];
  const {lost} = runner;
  const givenUp = () => runner.lost - lost >= MOST_LOST;
  for (const kernelCase of cases) {
    const {name} = kernelCase;
    progress(`${kernel} ${name}`);
    const outcome = givenUp() ? NOT_RUN : await runner.runCase(allCases.indexOf(kernelCase));
    results.push({name, ...outcome, known: knownReason(kernelCase, options)});
  }
  if (options.random === 0 || !randomCases[kernel] || givenUp()) return {kernel, cases: results};
  progress(`${kernel} at random`);
  const {path, seed, random: runs} = options;
  const random = await runner.runRandom({kernel, runs: path === undefined ? runs : 1, seed, path});
  const failedAt = random.failure?.path;
  return {
    kernel,
    cases: results,
    random: failedAt === undefined ? random : {...random, reproduction: reproduction(options, kernel, failedAt)},
  };
}

const NOT_RUN: Outcome = {status: 'trapped', message: 'not run, after the cases before'};

function knownReason({tfjsWasm}: KernelCase, {backend, against}: ParityOptions): string | undefined {
  if (!tfjsWasm || ![backend, against].includes('wasm')) return undefined;
  if ('skip' in tfjsWasm) return tfjsWasm.skip;
  return 'differs' in tfjsWasm ? tfjsWasm.differs : tfjsWasm.because;
}
