import {afterEach, beforeEach, describe, expect, it, vi} from 'vitest';
import type {BackendName} from '../lab/types';
import {type Competitor, runRace, STEP_LIMIT_SECONDS} from './race';
import type {Entrant, Phase, RaceSetup, Report, Task} from './types';

const SETUP: RaceSetup = {
  choice: {recipe: 'lenet', model: 'lenet'},
  model: undefined,
  seed: 1,
  batchSize: 32,
  seconds: 1,
};

const ONE_THREAD: Entrant = {backend: 'mnist-wasm', threads: 1};
const FOUR_THREADS: Entrant = {backend: 'mnist-wasm', threads: 4};
const WASM: Entrant = {backend: 'wasm'};
const CPU: Entrant = {backend: 'cpu'};
const WEBGL: Entrant = {backend: 'webgl'};

describe('a race', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** Reports what its backend's script says, one report after the other, then is silent. */
  class FakeWorker implements Competitor {
    static readonly log: string[] = [];
    onmessage: Competitor['onmessage'] = null;
    onerror: Competitor['onerror'] = null;
    private backend: BackendName | undefined;

    constructor(private readonly scripts: Partial<Record<BackendName, Report[]>>) {}

    postMessage({backend}: Task): void {
      this.backend = backend;
      FakeWorker.log.push(`${backend} starts`);
      for (const report of this.scripts[backend] ?? []) {
        setTimeout(() => this.onmessage?.({data: report} as MessageEvent<Report>), 10);
      }
    }

    terminate(): void {
      FakeWorker.log.push(`${this.backend} ends`);
    }
  }

  const progress = (phase: Phase): Report => ({kind: 'progress', phase, imagesPerSecond: undefined});
  const result = (phase: Phase): Report => {
    return {kind: 'measured', phase, measured: {imagesPerSecond: 100, milliseconds: 320, steps: 5, threads: 1}};
  };
  const outputs = (...values: number[]): Report => ({kind: 'probabilities', values: Float32Array.from(values)});
  const ready = (name: BackendName): Report => ({kind: 'ready', info: {name, featureLevel: undefined}});
  const whole = (name: BackendName, ...values: number[]): Report[] => {
    return [ready(name), outputs(...values), result('inference'), result('training'), {kind: 'done'}];
  };

  async function run(
    scripts: Partial<Record<BackendName, Report[]>>,
    entrants: Entrant[],
    stopAfter?: number,
    rounds = 1,
  ) {
    FakeWorker.log.length = 0;
    const stop = new AbortController();
    if (stopAfter !== undefined) setTimeout(() => stop.abort(), stopAfter);
    const end = runRace({
      setup: SETUP,
      entrants,
      rounds,
      startWorker: () => new FakeWorker(scripts),
      onStandings() {},
      signal: stop.signal,
    });
    await vi.runAllTimersAsync();
    return end;
  }

  it('lets one run after the other, and compares what they compute with the first', async () => {
    const scripts = {'mnist-wasm': whole('mnist-wasm', 0.5, 0.5), cpu: whole('cpu', 0.5, 0.25)};
    const [first, second] = await run(scripts, [ONE_THREAD, CPU]);
    expect(FakeWorker.log).toEqual(['mnist-wasm starts', 'mnist-wasm ends', 'cpu starts', 'cpu ends']);
    expect(first).toMatchObject({backend: 'mnist-wasm', state: 'done'});
    expect(first.difference).toBeUndefined();
    expect(second).toMatchObject({backend: 'cpu', state: 'done', difference: 0.25, comparedWith: ONE_THREAD});
  });

  it('takes turns in several rounds, of which the median counts; what is too slow has one', async () => {
    let turn = 0;
    const rates = [100, 300, 140];
    const scripts = {
      get wasm(): Report[] {
        const imagesPerSecond = rates[turn++];
        const measured = {imagesPerSecond, milliseconds: 32_000 / imagesPerSecond, steps: 5, threads: 1};
        return [
          ready('wasm'),
          outputs(0.5),
          ...(['inference', 'training'] as const).map((phase): Report => ({kind: 'measured', phase, measured})),
          {kind: 'done'},
        ];
      },
      cpu: [ready('cpu'), outputs(0.25), progress('inference')],
    };
    const [first, second] = await run(scripts, [WASM, CPU], undefined, 3);
    expect(FakeWorker.log.filter((line) => line.endsWith('starts'))).toEqual([
      'wasm starts',
      'cpu starts',
      'wasm starts',
      'wasm starts',
    ]);
    expect(first.results.training).toMatchObject({imagesPerSecond: 140, steps: 15, spread: {low: 100, high: 300}});
    expect(first.difference, 'of the first, whose later turns are not compared with the first').toBeUndefined();
    expect(second).toMatchObject({results: {inference: {kind: 'too-slow'}}, difference: 0.25, comparedWith: WASM});
  });

  it('has a backend twice, with another number of threads', async () => {
    const [first, second] = await run({'mnist-wasm': whole('mnist-wasm', 0.5)}, [ONE_THREAD, FOUR_THREADS]);
    expect(FakeWorker.log).toEqual(['mnist-wasm starts', 'mnist-wasm ends', 'mnist-wasm starts', 'mnist-wasm ends']);
    expect(first).toMatchObject({...ONE_THREAD, state: 'done'});
    expect(second).toMatchObject({...FOUR_THREADS, state: 'done', difference: 0, comparedWith: ONE_THREAD});
  });

  it('does not take a NaN for agreement', async () => {
    const scripts = {'mnist-wasm': whole('mnist-wasm', 0.5), cpu: whole('cpu', Number.NaN)};
    const [, second] = await run(scripts, [ONE_THREAD, CPU]);
    expect(second.difference).toBe(Number.POSITIVE_INFINITY);
  });

  it('gives up a step that takes too long, ends its worker and goes on with the next', async () => {
    const cpu = [ready('cpu'), outputs(1), result('inference'), progress('training')];
    const [first, second] = await run({cpu, wasm: whole('wasm', 1)}, [CPU, WASM]);
    const tooSlow = {kind: 'too-slow', seconds: STEP_LIMIT_SECONDS, imagesPerSecondBelow: 32 / STEP_LIMIT_SECONDS};
    expect(first.results.training).toEqual(tooSlow);
    expect(first.results.inference).toMatchObject({kind: 'measured'});
    expect(second.state).toBe('done');
    expect(FakeWorker.log).toEqual(['cpu starts', 'cpu ends', 'wasm starts', 'wasm ends']);
  });

  it('does not train where inference was too slow already', async () => {
    const [first] = await run({cpu: [ready('cpu'), progress('inference')]}, [CPU]);
    expect(first.results).toMatchObject({inference: {kind: 'too-slow'}, training: {kind: 'skipped'}});
  });

  it('tells why a backend does not start, and of one that never does', async () => {
    const unavailable: Report = {kind: 'unavailable', reason: 'It needs WebGL.'};
    const [first, second] = await run({webgl: [unavailable], cpu: []}, [WEBGL, CPU]);
    expect(first).toMatchObject({state: 'unavailable', reason: 'It needs WebGL.', results: {}});
    expect(second.state).toBe('unavailable');
    expect(second.reason).toContain('did not start within');
  });

  it('keeps what was measured when it is stopped, and starts no other', async () => {
    const cpu = [ready('cpu'), result('inference'), progress('training')];
    const [first, second] = await run({cpu}, [CPU, WASM], 1000);
    expect(first.state).toBe('stopped');
    expect(Object.keys(first.results)).toEqual(['inference']);
    expect(second).toMatchObject({state: 'stopped', results: {}});
    expect(FakeWorker.log).toEqual(['cpu starts', 'cpu ends']);
  });
});
