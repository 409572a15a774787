import {afterEach, beforeEach, describe, expect, it, vi} from 'vitest';
import type {BackendName} from '../lab/types';
import {measure} from './measure';
import {type Competitor, runRace, STEP_LIMIT_SECONDS} from './race';
import {plainNumber, shortNumber, verdicts} from './sentences';
import type {Phase, RaceSetup, Report, Result, Standing, Task} from './types';

const SETUP: RaceSetup = {
  choice: {recipe: 'lenet', model: 'lenet'},
  model: undefined,
  seed: 1,
  batchSize: 32,
  seconds: 1,
};

function measured(imagesPerSecond: number): Result {
  return {kind: 'measured', imagesPerSecond, milliseconds: 32_000 / imagesPerSecond, steps: 10};
}

function standing(backend: BackendName, results: Standing['results']): Standing {
  return {backend, state: 'done', results};
}

describe('what the figures say', () => {
  it('compares the fastest with every other, phase by phase', () => {
    const standings = [
      standing('mnist-wasm', {inference: measured(20_000), training: measured(3600)}),
      standing('wasm', {inference: measured(8000), training: {kind: 'cannot', reason: 'it has no kernel'}}),
      standing('cpu', {inference: measured(500), training: measured(20)}),
    ];
    expect(verdicts(standings)).toEqual([
      'mnist-wasm classifies 2.5 times as fast as wasm and 40 times as fast as cpu.',
      'mnist-wasm trains 180 times as fast as cpu.',
    ]);
  });

  it('names whoever is the fastest', () => {
    const standings = [
      standing('mnist-wasm', {training: measured(100)}),
      standing('webgl', {training: measured(310)}),
      standing('cpu', {training: measured(305)}),
    ];
    expect(verdicts(standings)).toEqual(['webgl trains about as fast as cpu and 3.1 times as fast as mnist-wasm.']);
  });

  it('tells of a competitor that was given up at least how much slower it is', () => {
    const tooSlow: Result = {kind: 'too-slow', seconds: 10, imagesPerSecondBelow: 3.2};
    const standings = [standing('mnist-wasm', {training: measured(3200)}), standing('cpu', {training: tooSlow})];
    expect(verdicts(standings)).toEqual(['mnist-wasm trains more than 1,000 times as fast as cpu.']);
  });

  it('says nothing where there is nothing to compare', () => {
    expect(verdicts([standing('mnist-wasm', {training: measured(3200)}), standing('cpu', {})])).toEqual([]);
  });

  it('writes numbers as people read them', () => {
    expect([0.0521, 1, 3.14, 9.96, 47.4, 12_345.6].map(shortNumber)).toEqual([
      '0.052',
      '1',
      '3.1',
      '10',
      '47',
      '12,346',
    ]);
    expect([3.2e-8, 0.004, Number.POSITIVE_INFINITY].map(plainNumber)).toEqual(['0.00000003', '0.004', 'not a number']);
  });
});

describe('a measurement', () => {
  /** Steps that take so long each, on a clock of their own; the last duration goes on. */
  function steps(...durations: number[]) {
    let time = 1000;
    let count = 0;
    return {
      now: () => time,
      step: async () => {
        time += durations[Math.min(count++, durations.length - 1)];
      },
      count: () => count,
    };
  }

  it('does not count the warm-up', async () => {
    const clock = steps(...Array(20).fill(90), 10);
    const result = await measure(clock.step, {imagesPerStep: 32, seconds: 1, onProgress() {}, now: clock.now});
    // A second of warm-up is 12 steps of 90 ms; the 8 slow ones that follow are no median.
    expect(result.milliseconds).toBe(10);
    expect(result.imagesPerSecond).toBe(3200);
    expect(result.steps).toBe(clock.count() - 12);
  });

  it('measures steps that are shorter than the clock', async () => {
    let calls = 0;
    // 0.3 ms each, of which the clock shows whole milliseconds.
    const step = async () => {
      calls++;
    };
    const now = () => Math.floor(0.3 * calls);
    const result = await measure(step, {imagesPerStep: 32, seconds: 1, onProgress() {}, now});
    expect(result.milliseconds).toBeCloseTo(0.3, 1);
  });

  it('tells the rate about ten times a second, and none in the warm-up', async () => {
    const clock = steps(20);
    const rates: (number | undefined)[] = [];
    const onProgress = (rate: number | undefined) => rates.push(rate);
    await measure(clock.step, {imagesPerStep: 10, seconds: 1, onProgress, now: clock.now});
    const known = rates.filter((rate) => rate !== undefined);
    expect(rates[0]).toBeUndefined();
    expect(rates.slice(rates.length - known.length)).toEqual(known);
    expect(known.length).toBe(10);
    expect(known.every((rate) => rate === 500)).toBe(true);
  });

  it('measures one step of those that take longer than there is time', async () => {
    const clock = steps(6000);
    const result = await measure(clock.step, {imagesPerStep: 32, seconds: 3, onProgress() {}, now: clock.now});
    expect([result.steps, result.milliseconds, clock.count()]).toEqual([1, 6000, 2]);
  });
});

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
    return {kind: 'measured', phase, measured: {imagesPerSecond: 100, milliseconds: 320, steps: 5}};
  };
  const outputs = (...values: number[]): Report => ({kind: 'probabilities', values: Float32Array.from(values)});
  const ready = (name: BackendName): Report => ({kind: 'ready', info: {name, featureLevel: undefined}});
  const whole = (name: BackendName, ...values: number[]): Report[] => {
    return [ready(name), outputs(...values), result('inference'), result('training'), {kind: 'done'}];
  };

  async function run(scripts: Partial<Record<BackendName, Report[]>>, backends: BackendName[], stopAfter?: number) {
    FakeWorker.log.length = 0;
    const stop = new AbortController();
    if (stopAfter !== undefined) setTimeout(() => stop.abort(), stopAfter);
    const end = runRace({
      setup: SETUP,
      backends,
      startWorker: () => new FakeWorker(scripts),
      onStandings() {},
      signal: stop.signal,
    });
    await vi.runAllTimersAsync();
    return end;
  }

  it('lets one run after the other, mnist-wasm first, and compares what they compute with it', async () => {
    const scripts = {'mnist-wasm': whole('mnist-wasm', 0.5, 0.5), cpu: whole('cpu', 0.5, 0.25)};
    const [first, second] = await run(scripts, ['cpu', 'mnist-wasm']);
    expect(FakeWorker.log).toEqual(['mnist-wasm starts', 'mnist-wasm ends', 'cpu starts', 'cpu ends']);
    expect(first).toMatchObject({backend: 'mnist-wasm', state: 'done'});
    expect(first.difference).toBeUndefined();
    expect(second).toMatchObject({backend: 'cpu', state: 'done', difference: 0.25, comparedWith: 'mnist-wasm'});
  });

  it('does not take a NaN for agreement', async () => {
    const scripts = {'mnist-wasm': whole('mnist-wasm', 0.5), cpu: whole('cpu', Number.NaN)};
    const [, second] = await run(scripts, ['cpu', 'mnist-wasm']);
    expect(second.difference).toBe(Number.POSITIVE_INFINITY);
  });

  it('gives up a step that takes too long, ends its worker and goes on with the next', async () => {
    const cpu = [ready('cpu'), outputs(1), result('inference'), progress('training')];
    const [first, second] = await run({cpu, wasm: whole('wasm', 1)}, ['cpu', 'wasm']);
    const tooSlow = {kind: 'too-slow', seconds: STEP_LIMIT_SECONDS, imagesPerSecondBelow: 32 / STEP_LIMIT_SECONDS};
    expect(first.results.training).toEqual(tooSlow);
    expect(first.results.inference).toMatchObject({kind: 'measured'});
    expect(second.state).toBe('done');
    expect(FakeWorker.log).toEqual(['cpu starts', 'cpu ends', 'wasm starts', 'wasm ends']);
  });

  it('does not train where inference was too slow already', async () => {
    const [first] = await run({cpu: [ready('cpu'), progress('inference')]}, ['cpu']);
    expect(first.results).toMatchObject({inference: {kind: 'too-slow'}, training: {kind: 'skipped'}});
  });

  it('tells why a backend does not start, and of one that never does', async () => {
    const unavailable: Report = {kind: 'unavailable', reason: 'It needs WebGL.'};
    const [first, second] = await run({webgl: [unavailable], cpu: []}, ['webgl', 'cpu']);
    expect(first).toMatchObject({state: 'unavailable', reason: 'It needs WebGL.', results: {}});
    expect(second.state).toBe('unavailable');
    expect(second.reason).toContain('did not start within');
  });

  it('keeps what was measured when it is stopped, and starts no other', async () => {
    const cpu = [ready('cpu'), result('inference'), progress('training')];
    const [first, second] = await run({cpu}, ['cpu', 'wasm'], 1000);
    expect(first.state).toBe('stopped');
    expect(Object.keys(first.results)).toEqual(['inference']);
    expect(second).toMatchObject({state: 'stopped', results: {}});
    expect(FakeWorker.log).toEqual(['cpu starts', 'cpu ends']);
  });
});
