import type {DataType} from '@tensorflow/tfjs-core';
import {describe, expect, it} from 'vitest';
import {difference, compare as measure, unitInLastPlace, worstOf} from './compare';
import type {Output} from './run';
import {formatError, formatTolerance, widestTolerance} from './tolerance';
import type {Tolerance} from './types';

/** A one-dimensional float32 output. */
const floats = (...values: number[]): Output => ({
  shape: [values.length],
  dtype: 'float32',
  values: Float32Array.from(values),
});
const numbers = (dtype: DataType, ...values: number[]): Output => ({shape: [values.length], dtype, values});
const compare = (expected: Output, actual: Output, tolerance?: Tolerance, signedZero?: boolean) =>
  difference([expected], [actual], tolerance, signedZero);

describe('difference', () => {
  it('accepts what is equal', () => {
    const values = [0, 1, -1.5, 3e38, 1e-45, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    expect(compare(floats(...values), floats(...values))).toBeUndefined();
    expect(compare(floats(), floats())).toBeUndefined();
    expect(difference([], [])).toBeUndefined();
  });

  it('tells NaN, the two infinities and numbers apart', () => {
    const {NaN: nan, POSITIVE_INFINITY: inf, NEGATIVE_INFINITY: minusInf} = Number;
    const apart = [nan, inf, minusInf, 0, 1, 3.4e38];
    for (const [i, e] of apart.entries()) {
      for (const [j, a] of apart.entries()) {
        const found = compare(floats(e), floats(a), {relative: 0.5, absolute: 0.5});
        if (i === j) expect(found).toBeUndefined();
        else expect(found, `${e} and ${a}`).toBeDefined();
      }
    }
  });

  it('tells the two zeros apart where it is asked to', () => {
    expect(compare(floats(0), floats(-0))).toBeUndefined();
    expect(compare(floats(-0), floats(0), {}, true)).toMatch(/expected -0, got 0 at 0/);
    expect(compare(floats(-0), floats(-0), {}, true)).toBeUndefined();
  });

  it('allows 1e-6 of each element by default', () => {
    expect(compare(floats(1, 1e6), floats(1 + 9e-7, 1e6 + 0.5))).toBeUndefined();
    expect(compare(floats(1, 1e6), floats(1 + 2e-6, 1e6))).toMatch(/at 0 of \[2\], off by .* 1 of 2 values differ/);
    // A large neighbour does not excuse a small element, unless the case says so.
    expect(compare(floats(1e-3, 1e6), floats(2e-3, 1e6))).toBeDefined();
    expect(compare(floats(1e-3, 1e6), floats(2e-3, 1e6), {relative: 1e-6, of: 'output'})).toBeUndefined();
    expect(compare(floats(1e-3, 1e6), floats(2, 1e6), {relative: 1e-6, of: 'output'})).toBeDefined();
  });

  it('takes an infinity not as the largest of an output', () => {
    const inf = Number.POSITIVE_INFINITY;
    expect(compare(floats(1, inf), floats(2, inf), {relative: 1e-6, of: 'output'})).toBeDefined();
  });

  it('counts units in the last place', () => {
    expect(unitInLastPlace(1)).toBe(2 ** -23);
    expect(unitInLastPlace(-1.99)).toBe(2 ** -23);
    expect(unitInLastPlace(2)).toBe(2 ** -22);
    expect(unitInLastPlace(0)).toBe(2 ** -149);
    expect(unitInLastPlace(1e-40)).toBe(2 ** -149);
    expect(compare(floats(1), floats(1 + 2 ** -22), {ulp: 2})).toBeUndefined();
    expect(compare(floats(1), floats(1 + 3 * 2 ** -23), {ulp: 2})).toMatch(/3\.00 ulp/);
  });

  it('allows an absolute error where the case names one, and two of the smallest denormals always', () => {
    expect(compare(floats(0), floats(1e-7), {absolute: 1.1e-7})).toBeUndefined();
    expect(compare(floats(0), floats(1e-7))).toBeDefined();
    expect(compare(floats(0), floats(2 ** -148))).toBeUndefined();
    expect(compare(floats(0), floats(2 ** -146))).toBeDefined();
  });

  it('wants integers, booleans and strings exactly', () => {
    expect(compare(numbers('int32', 1_000_000), numbers('int32', 1_000_001), {absolute: 10})).toBeDefined();
    expect(compare(numbers('bool', 1), numbers('bool', 0), {absolute: 1})).toBeDefined();
    // A bool that is not 0 or 1 is wrong, though it is true.
    expect(compare(numbers('bool', 1), numbers('bool', 255))).toBeDefined();
    const strings = (...values: string[]): Output => ({shape: [values.length], dtype: 'string', values});
    expect(compare(strings('a', 'b'), strings('a', 'b'))).toBeUndefined();
    expect(compare(strings('a', 'b'), strings('a', 'c'))).toMatch(/expected "b", got "c" at 1/);
  });

  it('wants the same shape, dtype, number of values and of outputs', () => {
    expect(compare(floats(1), numbers('int32', 1))).toBe('expected dtype float32, got int32');
    expect(compare(floats(1), {...floats(1), shape: [1, 1]})).toBe('expected shape [1], got [1,1]');
    expect(compare(floats(1), {...floats(1), shape: []})).toBe('expected shape [1], got []');
    expect(compare(floats(1, 2), {...floats(1), shape: [2]})).toBe('expected 2 values, got 1');
    expect(difference([floats(1)], [])).toBe('expected 1 outputs, got 0');
    expect(difference([floats(1), floats(2)], [floats(1), floats(3)])).toMatch(/^output 1: expected 2, got 3/);
  });
});

describe('the worst error', () => {
  const worst = (expected: Output, actual: Output, tolerance?: Tolerance) =>
    measure([expected], [actual], tolerance).worst;

  it('is in the unit of the tolerance, beside what is allowed', () => {
    const [x, y] = [floats(1, 4), floats(1, 4 + 2 ** -20)];
    expect(worst(x, y, {ulp: 4})).toEqual({error: 2, allowed: 4, unit: 'ulp', share: 0.5});
    expect(worst(x, y, {relative: 2 ** -20})).toEqual({
      error: 2 ** -22,
      allowed: 2 ** -20,
      unit: 'relative',
      share: 0.25,
    });
    const ofLargest = {relative: 2 ** -21, of: 'output'} as const;
    expect(worst(floats(1, 4), floats(1 + 2 ** -20, 4), ofLargest)).toMatchObject({error: 2 ** -22, unit: 'largest'});
  });

  it('is in the unit by which most is allowed there, of the element that comes closest to it', () => {
    const tolerance = {ulp: 2, absolute: 1e-3};
    expect(worst(floats(0, 1), floats(5e-4, 1), tolerance)).toMatchObject({
      unit: 'absolute',
      share: expect.closeTo(0.5),
    });
    expect(worst(floats(0, 2 ** 20), floats(1e-4, 2 ** 20 + 0.125), tolerance)).toMatchObject({error: 1, unit: 'ulp'});
  });

  it('is none of what is equal, or differs in the smallest denormals', () => {
    expect(worst(floats(1, Number.NaN), floats(1, Number.NaN))).toEqual({
      error: 0,
      allowed: 1e-6,
      unit: 'relative',
      share: 0,
    });
    expect(worst(floats(0), floats(2 ** -148), {ulp: 1})).toMatchObject({error: 0, share: 0});
  });

  it('is infinite where no number tells it, and above what is allowed of an integer', () => {
    const infinite = {error: Number.POSITIVE_INFINITY, share: Number.POSITIVE_INFINITY};
    expect(worst(floats(1), floats(Number.NaN))).toMatchObject(infinite);
    expect(worst(floats(1), {...floats(1), shape: []})).toMatchObject(infinite);
    expect(measure([floats(0)], [floats(-0)], {}, true).worst).toMatchObject(infinite);
    expect(worst(numbers('int32', 5), numbers('int32', 3))).toEqual({
      error: 2,
      allowed: 0,
      unit: 'exact',
      share: Number.POSITIVE_INFINITY,
    });
  });

  it('of several outputs, or cases, is the one with the largest share', () => {
    const found = measure([numbers('int32', 1), floats(1)], [numbers('int32', 1), floats(1 + 2 ** -22)], {ulp: 4});
    expect(found).toEqual({worst: {error: 2, allowed: 4, unit: 'ulp', share: 0.5}, message: undefined});
    expect(worstOf([])).toBeUndefined();
  });
});

describe('a tolerance', () => {
  it('is written shortly', () => {
    expect(formatTolerance({})).toBe('1e-6');
    expect(formatTolerance({relative: 2e-6, of: 'output'})).toBe('2e-6 of the largest');
    expect(formatTolerance({ulp: 1.5})).toBe('1.5 ulp');
    expect(formatTolerance({ulp: 2, absolute: 2e-16})).toBe('2 ulp or 2e-16 absolute');
    expect(formatTolerance({ulp: 0})).toBe('exact');
  });

  it('is wider with the largest of the output than with the element, then by its part, then by what is absolute', () => {
    const ordered: Tolerance[] = [
      {ulp: 0},
      {ulp: 1},
      {ulp: 1, absolute: 1e-9},
      {relative: 1e-6},
      {ulp: 100},
      {relative: 1e-7, of: 'output'},
      {relative: 1e-6, of: 'output'},
    ];
    for (const [i, tolerance] of ordered.entries()) {
      expect(widestTolerance(ordered.slice(0, i + 1).reverse())).toBe(tolerance);
    }
    expect(widestTolerance([])).toEqual({});
  });

  it('has errors written beside it in two digits', () => {
    expect(formatError(1.2345e-7, 'relative')).toBe('1.2e-7');
    expect(formatError(0.5, 'ulp')).toBe('0.5 ulp');
    expect(formatError(1234567, 'ulp')).toBe('1.2e+6 ulp');
    expect(formatError(3, 'exact')).toBe('off by 3');
    expect(formatError(0, 'largest')).toBe('0');
    expect(formatError(Number.POSITIVE_INFINITY, 'relative')).toBe('differs');
  });
});
