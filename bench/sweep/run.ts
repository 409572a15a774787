import {
  findBackend,
  findBackendFactory,
  getKernel,
  registerBackend,
  removeBackend,
  setBackend,
} from '@tensorflow/tfjs-core';
import {messageOf} from '../../common/errors';
import {median} from '../../common/statistics';
import type {KernelCase} from '../../test/cases';
import type {BenchOptions} from '../options';
import type {Milliseconds} from '../peers/peer';
import {findAndNote} from '../peers/present';
import {prepareKernel} from '../peers/tfjs';
import {Progress} from '../progress';
import {consoleTable} from '../report/console';
import {kernelTable} from '../report/tables';
import type {Results} from '../results';
import {SUBJECT} from '../subject';
import {sweepCases} from './cases';

const OTHER = 'wasm';
const WARM_UP_CALLS = 400;
const MAX_WARM_UP_MS = 60;
const ROUNDS = 5;
const ROUND_MS = 3;
/** Where a call is slow. */
const MAX_MS = 200;
const MAX_SLOWNESS = 1.05;

/**
 * `--sweep`: every kernel of tfjs-backend-wasm beside ours, in rounds in turn, so that what the machine does meanwhile
 * meets both. Lists where ours takes longer.
 */
export async function sweep({only}: BenchOptions, results: Results): Promise<void> {
  const found = await findAndNote([OTHER], results);
  if (found.length === 0) return;
  results.columns.push(OTHER);
  const cases = sweepCases().filter(
    ({kernel, name}) => getKernel(kernel, OTHER) && `${kernel} ${name}`.toLowerCase().includes(only),
  );
  const progress = new Progress(cases.length);
  for (const kernelCase of cases) {
    const {kernel, name} = kernelCase;
    const title = `${kernel} ${name}`;
    progress.started(title);
    try {
      const milliseconds = await compareTwice(kernelCase);
      results.kernels.push({kernel, name, milliseconds});
      progress.done(title, milliseconds);
    } catch (error) {
      results.failures.push({peer: OTHER, title, message: messageOf(error)});
    }
  }
  const slower = results.kernels
    .filter(({milliseconds}) => slowness(milliseconds) > MAX_SLOWNESS)
    .sort((a, b) => slowness(b.milliseconds) - slowness(a.milliseconds));
  const title =
    `${slower.length} of ${results.kernels.length} calls take more than ${MAX_SLOWNESS} of ${OTHER}'s time, ` +
    'milliseconds';
  console.log(consoleTable({...kernelTable(slower, results.columns, results.peakGflops), title}));
  for (const {title: failed, message} of results.failures) console.error(`not compared: ${failed}: ${message}`);
}

/** What seems to be slower is looked at longer. */
async function compareTwice(kernelCase: KernelCase): Promise<Milliseconds> {
  const milliseconds = await compare(kernelCase, ROUNDS);
  return slowness(milliseconds) <= MAX_SLOWNESS ? milliseconds : compare(kernelCase, 3 * ROUNDS);
}

/**
 * Has the other backend made anew, with a memory of its own: some of its kernels write past the end of bool tensors, and
 * others trap or hang of it later.
 */
function renew(): void {
  const factory = findBackendFactory(OTHER);
  // What has trapped cannot be disposed of.
  Object.assign(findBackend(OTHER) ?? {}, {dispose() {}, disposeData: () => true});
  removeBackend(OTHER);
  registerBackend(OTHER, factory);
}

function slowness({[SUBJECT]: ours, [OTHER]: theirs}: Milliseconds): number {
  return ours / theirs;
}

/** The median milliseconds of a call on either backend. */
async function compare(kernelCase: KernelCase, count: number): Promise<Milliseconds> {
  const contestants: {backend: string; call: () => void; dispose: () => void; calls: number; rounds: number[]}[] = [];
  try {
    for (const backend of [SUBJECT, OTHER]) {
      await setBackend(backend);
      const prepared = prepareKernel(kernelCase);
      contestants.push({...prepared, backend, calls: 1, rounds: []});
    }
    for (const contestant of contestants) {
      await setBackend(contestant.backend);
      contestant.calls = Math.max(1, Math.ceil(ROUND_MS / warmUp(contestant.call)));
    }
    const start = performance.now();
    for (let round = 0; round < count; round++) {
      if (round > 0 && performance.now() - start > MAX_MS) break;
      for (const {backend, call, calls, rounds} of contestants) {
        await setBackend(backend);
        const before = performance.now();
        for (let i = 0; i < calls; i++) call();
        rounds.push((performance.now() - before) / calls);
      }
    }
    return Object.fromEntries(contestants.map(({backend, rounds}) => [backend, median(rounds)]));
  } catch (error) {
    renew();
    throw error;
  } finally {
    if (Object.values(kernelCase.inputs).some(({dtype}) => dtype === 'bool')) renew();
    for (const {dispose} of contestants) dispose();
  }
}

/** Calls until V8 has compiled what they run, or for a while; how long the last took. */
function warmUp(call: () => void): number {
  const start = performance.now();
  for (let calls = 1; ; calls++) {
    const before = performance.now();
    call();
    const now = performance.now();
    if (now - start > MAX_WARM_UP_MS || (calls >= WARM_UP_CALLS && now - start > 3 * ROUND_MS)) return now - before;
  }
}
