import {describe, expect, it} from 'vitest';
import {plainNumber, shortNumber} from '../../common/format';
import {texts} from '../texts';
import {entrantsOf, nameOf} from './entrants';
import {verdicts} from './sentences';
import type {Entrant, Result, Standing} from './types';

function measured(imagesPerSecond: number, threads = 1): Result {
  return {kind: 'measured', imagesPerSecond, milliseconds: 32_000 / imagesPerSecond, steps: 10, threads};
}

function standing(entrant: Entrant, results: Standing['results']): Standing {
  return {...entrant, state: 'done', results};
}

const ONE_THREAD: Entrant = {backend: 'mnist-wasm', threads: 1};
const FOUR_THREADS: Entrant = {backend: 'mnist-wasm', threads: 4};
const WASM: Entrant = {backend: 'wasm'};
const CPU: Entrant = {backend: 'cpu'};
const WEBGL: Entrant = {backend: 'webgl'};

describe('who takes part', () => {
  it('is mnist-wasm on one thread and on all, and every other backend once', () => {
    expect(entrantsOf(['mnist-wasm', 'wasm', 'cpu'], 4)).toEqual([ONE_THREAD, FOUR_THREADS, WASM, CPU]);
  });

  it('is mnist-wasm on one thread alone where there can be no others', () => {
    expect(entrantsOf(['mnist-wasm', 'cpu'], 1)).toEqual([ONE_THREAD, CPU]);
  });

  it('is no backend that was not chosen', () => {
    expect(entrantsOf(['wasm'], 4)).toEqual([WASM]);
  });

  it('is called by the backend and its threads', () => {
    const names = ['mnist-wasm on one thread', 'mnist-wasm on 4 threads', 'wasm'];
    expect([ONE_THREAD, FOUR_THREADS, WASM].map(nameOf)).toEqual(names);
  });
});

describe('what the figures say', () => {
  it.each([
    [1.02, 'as fast'],
    [3.14, '3.1 times as fast'],
    [0.051, '20 times slower'],
  ])('%d beside the first is %s', (ratio, text) => {
    expect(texts.race.beside(ratio)).toBe(text);
  });

  it('compares the fastest with every other, phase by phase', () => {
    const standings = [
      standing(ONE_THREAD, {inference: measured(20_000), training: measured(3600)}),
      standing(WASM, {inference: measured(8000), training: {kind: 'cannot', reason: 'it has no kernel'}}),
      standing(CPU, {inference: measured(500), training: measured(20)}),
    ];
    expect(verdicts(standings)).toEqual([
      'mnist-wasm on one thread classifies 2.5 times as fast as wasm and 40 times as fast as cpu.',
      'mnist-wasm on one thread trains 180 times as fast as cpu.',
    ]);
  });

  it('compares those on one thread, and several threads of mnist-wasm with its one', () => {
    const standings = [
      standing(ONE_THREAD, {inference: measured(20_000), training: measured(3600)}),
      standing(FOUR_THREADS, {inference: measured(20_100, 4), training: measured(9000, 4)}),
      standing(CPU, {inference: measured(500), training: measured(20)}),
    ];
    expect(verdicts(standings)).toEqual([
      'mnist-wasm on one thread classifies 40 times as fast as cpu. On 4 threads mnist-wasm classifies about as fast as on one.',
      'mnist-wasm on one thread trains 180 times as fast as cpu. On 4 threads mnist-wasm trains 2.5 times as fast as on one.',
    ]);
  });

  it('tells too where several threads are slower than one', () => {
    const standings = [
      standing(ONE_THREAD, {inference: measured(1000)}),
      standing(FOUR_THREADS, {inference: measured(800, 4)}),
    ];
    expect(verdicts(standings)).toEqual(['On 4 threads mnist-wasm classifies 0.8 times as fast as on one.']);
  });

  it('says nothing of threads that were not there', () => {
    const standings = [
      standing(ONE_THREAD, {inference: measured(1000)}),
      standing(FOUR_THREADS, {inference: measured(2000, 3)}),
    ];
    expect(verdicts(standings)).toEqual([]);
  });

  it('names whoever is the fastest', () => {
    const standings = [
      standing(ONE_THREAD, {training: measured(100)}),
      standing(WEBGL, {training: measured(310)}),
      standing(CPU, {training: measured(305)}),
    ];
    expect(verdicts(standings)).toEqual([
      'webgl trains about as fast as cpu and 3.1 times as fast as mnist-wasm on one thread.',
    ]);
  });

  it('tells of a competitor that was given up at least how much slower it is', () => {
    const tooSlow: Result = {kind: 'too-slow', seconds: 10, imagesPerSecondBelow: 3.2};
    const standings = [standing(ONE_THREAD, {training: measured(3200)}), standing(CPU, {training: tooSlow})];
    expect(verdicts(standings)).toEqual(['mnist-wasm on one thread trains more than 1,000 times as fast as cpu.']);
  });

  it('says nothing where there is nothing to compare', () => {
    expect(verdicts([standing(ONE_THREAD, {training: measured(3200)}), standing(CPU, {})])).toEqual([]);
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
    expect([3.2e-8, 0.004].map(plainNumber)).toEqual(['0.00000003', '0.004']);
    expect(texts.race.difference('cpu', Number.POSITIVE_INFINITY)).toBe('cpu not a number');
  });
});
