import type {DataType} from '@tensorflow/tfjs-core';
import {describe, expect, it} from 'vitest';
import {difference, unitInLastPlace} from '../cases/compare';
import type {Output} from '../cases/run';
import type {Tolerance} from '../cases/types';

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
