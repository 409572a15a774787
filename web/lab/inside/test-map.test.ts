import 'mnist-wasm';
import {setBackend} from '@tensorflow/tfjs-core';
import {beforeAll, describe, expect, it} from 'vitest';
import {aligned, fitted} from './align';
import {principalPlane} from './projection';

beforeAll(async () => {
  await setBackend('mnist-wasm');
});

/** Repeatable, between -1 and 1. */
function noise(i: number): number {
  const x = Math.sin(12.9898 * i) * 43758.5453;
  return 2 * (x - Math.floor(x)) - 1;
}

describe('principalPlane', () => {
  // Spread by 10 along the third axis, by 5 along the first, by 0.5 along the others, around a mean.
  const spreads = [5, 0.5, 10, 0.5];
  const rows = Float32Array.from({length: 400 * 4}, (_, i) => 3 + spreads[i % 4] * noise(i));

  it('finds the directions in which rows differ most', async () => {
    const {points, axes, share} = await principalPlane(rows, 400);
    expect(Math.abs(axes[2 * 2])).toBeGreaterThan(0.99);
    expect(Math.abs(axes[1])).toBeGreaterThan(0.99);
    expect(share).toBeGreaterThan(0.98);
    expect(share).toBeLessThan(1);
    const [x] = points;
    const mean = rows.reduce((sum, value, i) => (i % 4 === 2 ? sum + value / 400 : sum), 0);
    expect(Math.abs(x)).toBeCloseTo(Math.abs(rows[2] - mean), 0);
  });

  it('goes on from axes that it is given, and bears rows that are all the same', async () => {
    const first = await principalPlane(rows, 400);
    const next = await principalPlane(rows, 400, first.axes);
    next.points.forEach((value, i) => {
      expect(value).toBeCloseTo(first.points[i], 2);
    });
    const none = await principalPlane(new Float32Array(40).fill(2), 10);
    expect(none.share).toBe(0);
    expect([...none.points].every((value) => value === 0)).toBe(true);
  });
});

describe('aligned', () => {
  const before = Float32Array.from({length: 60}, (_, i) => noise(i));

  it.each([
    ['mirrored', (x: number, y: number) => [-x, y]],
    ['turned', (x: number, y: number) => [0.6 * x - 0.8 * y, 0.8 * x + 0.6 * y]],
    ['both', (x: number, y: number) => [y, x]],
  ])('puts points back that are %s', (_, moved) => {
    const points = before.map((_, i) => moved(before[i - (i % 2)], before[i - (i % 2) + 1])[i % 2]);
    aligned(points, before).forEach((value, i) => {
      expect(value).toBeCloseTo(before[i], 5);
    });
  });

  it('leaves points as they are that have no place from before', () => {
    expect(aligned(before, undefined)).toBe(before);
    expect(aligned(before, new Float32Array(4))).toBe(before);
  });

  it('fits points into the square', () => {
    expect([...fitted(Float32Array.of(3, 4, 0, -1, 1, 1.5))]).toEqual(
      [3 / 5, 1, -3 / 5, -1, -1 / 5, 0].map(Math.fround),
    );
    expect([...fitted(new Float32Array(4).fill(3))]).toEqual([0, 0, 0, 0]);
  });
});
