import {describe, expect, it} from 'vitest';
import {makeValues, specialFloats} from './values';

describe('makeValues', () => {
  it('gives the same values for the same spec and position, and others for another', () => {
    const spec = {shape: [100]};
    expect(makeValues(spec, 0)).toEqual(makeValues({...spec}, 0));
    expect(makeValues(spec, 0)).not.toEqual(makeValues(spec, 1));
    expect(makeValues(spec, 0)).not.toEqual(makeValues({...spec, seed: 1}, 0));
  });

  it('keeps uniform values in range, int32 with both ends', () => {
    const floats = makeValues({shape: [1000], values: 'uniform', range: [-2, 3]}, 0) as Float32Array;
    expect(Math.min(...floats)).toBeGreaterThanOrEqual(-2);
    expect(Math.max(...floats)).toBeLessThanOrEqual(3);
    const ints = makeValues({shape: [1000], dtype: 'int32', values: 'uniform', range: [-2, 3]}, 0) as Int32Array;
    expect([...new Set(ints)].sort((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2, 3]);
  });

  it('keeps distinct values apart from each other and from zero', () => {
    const values = [...(makeValues({shape: [9, 9], values: 'distinct'}, 0) as Float32Array)].sort((a, b) => a - b);
    for (let i = 1; i < values.length; i++) expect(values[i] - values[i - 1]).toBe(0.25);
    expect(Math.min(...values.map(Math.abs))).toBe(0.125);
  });

  it('starts with every special value', () => {
    const values = makeValues({shape: [100], values: 'special'}, 0) as Float32Array;
    expect(values.subarray(0, specialFloats.length)).toEqual(Float32Array.from(specialFloats));
  });

  it('gives exact values that sum up in any order', () => {
    const values = [...(makeValues({shape: [1000], values: 'exact'}, 0) as Float32Array)];
    const sum = (list: number[]) => list.reduce((total, value) => Math.fround(total + value * value), 0);
    expect(sum(values)).toBe(sum(values.toReversed()));
    expect(new Set(values).size).toBeGreaterThan(200);
  });

  it('mixes values of every kind, and breaks some of the exact ones', () => {
    const mixed = [...(makeValues({shape: [300], values: 'mixed'}, 0) as Float32Array)];
    const magnitudes = mixed.map(Math.abs);
    expect(mixed.some(Number.isNaN)).toBe(true);
    expect(magnitudes.some((value) => value > 0 && value < 2 ** -126)).toBe(true);
    expect(magnitudes.some((value) => value > 2 ** 100 && value < 2 ** 127)).toBe(true);
    expect(magnitudes.filter((value) => value > 0.01 && value < 3.5).length).toBeGreaterThan(100);
    const broken = [...(makeValues({shape: [300], values: 'broken'}, 0) as Float32Array)];
    expect(broken.filter((value) => !Number.isFinite(value)).length).toBeGreaterThan(5);
    expect(broken.filter(Number.isFinite).every((value) => Number.isInteger(value * 8))).toBe(true);
  });

  it('refuses a list of another length than the shape has', () => {
    expect(() => makeValues({shape: [2, 2], values: [1, 2, 3]}, 0)).toThrow('3 values for shape [2,2] of float32');
    expect(() => makeValues({shape: [2], dtype: 'string'}, 0)).toThrow('must list the values');
  });
});
