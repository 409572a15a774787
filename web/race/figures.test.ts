import {describe, expect, it} from 'vitest';
import {type RaceRecord, raceCsv, ratesOf, scaleOf} from './figures';
import type {Standing} from './types';

const RECORD: RaceRecord = {
  title: 'LeNet, "small"',
  batchSize: 32,
  rounds: 3,
  seconds: 1.5,
  machine: {browser: 'Firefox 143', system: undefined, cores: 4},
  versions: {own: '1.2.3', tfjs: '4.22.0'},
  date: new Date('2026-03-01T12:00:00Z'),
};

const STANDINGS: Standing[] = [
  {
    backend: 'mnist-wasm',
    threads: 4,
    state: 'done',
    info: {name: 'mnist-wasm', featureLevel: 'relaxed'},
    results: {
      inference: {
        kind: 'measured',
        imagesPerSecond: 20_000.123,
        milliseconds: 1.6,
        steps: 900,
        threads: 3,
        spread: {low: 19_000, high: 21_000},
      },
      training: {kind: 'measured', imagesPerSecond: 4000, milliseconds: 8, steps: 30, threads: 4},
    },
  },
  {
    backend: 'wasm',
    state: 'done',
    results: {
      inference: {kind: 'measured', imagesPerSecond: 900, milliseconds: 35.6, steps: 40, threads: 1},
      training: {kind: 'cannot', reason: 'it has no kernel'},
    },
  },
];

describe('the scale of rates', () => {
  it('begins at 0 where the longest bar is at most 20 times the shortest', () => {
    expect(scaleOf([100, 2000])).toEqual({log: false, min: 0, max: 2000});
  });

  it('is logarithmic beyond, between powers of ten, with the shortest bar to be seen', () => {
    expect(scaleOf([90, 2000])).toEqual({log: true, min: 10, max: 10_000});
    expect(scaleOf([100, 2100])).toEqual({log: true, min: 10, max: 10_000});
  });

  it('holds the slowest and the fastest of the rounds, and nothing that was not measured', () => {
    expect(ratesOf(STANDINGS, 'inference')).toEqual([20_000.123, 19_000, 21_000, 900]);
    expect(ratesOf(STANDINGS, 'training')).toEqual([4000]);
    expect(scaleOf([])).toEqual({log: false, min: 0, max: 1});
  });
});

describe('the figures as CSV', () => {
  const lines = raceCsv(STANDINGS, RECORD).split('\r\n');

  it('have a line for each phase of each competitor, ended as RFC 4180 wants', () => {
    expect(lines).toHaveLength(1 + 4 + 1);
    expect(lines.at(-1)).toBe('');
    expect(lines[0]).toBe(
      'phase,backend,threads,level,images_per_second,slowest,fastest,ms_per_step,steps,result,network,batch,rounds,seconds,browser,system,cores,mnist-wasm,tfjs,date',
    );
  });

  it('tell on what each was measured, by the threads that there were', () => {
    expect(lines[1]).toBe(
      'inference,mnist-wasm,3,relaxed,20000,19000,21000,1.6,900,measured,"LeNet, ""small""",32,3,1.5,Firefox 143,,4,1.2.3,4.22.0,2026-03-01T12:00:00.000Z',
    );
  });

  it('leave empty what was not measured, and say so', () => {
    expect(lines[4]).toMatch(/^training,wasm,,,,,,,,cannot,/);
  });
});
