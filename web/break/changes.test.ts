import {describe, expect, it} from 'vitest';
import {changed, isWhole, RANGES, steps, WHOLE} from './changes';

const SIDE = 28;

/** One pixel of ink. */
function dot(column: number, row: number): Uint8Array {
  const pixels = new Uint8Array(SIDE * SIDE);
  pixels[row * SIDE + column] = 255;
  return pixels;
}

const disc = Uint8Array.from({length: SIDE * SIDE}, (_, i) =>
  Math.hypot((i % SIDE) - 13.5, Math.floor(i / SIDE) - 13.5) < 6 ? 255 : 0,
);
const ink = (pixels: Uint8Array) => pixels.reduce((sum, value) => sum + value, 0);

describe('a digit that is broken', () => {
  it('is whole where nothing is changed', () => {
    const pixels = Uint8Array.from({length: 784}, (_, i) => (i * 37) % 256);
    expect(changed(pixels, WHOLE, 1)).toEqual(pixels);
    expect(isWhole({...WHOLE, erasedColumn: 3})).toBe(true);
    expect(isWhole({...WHOLE, erased: 1})).toBe(false);
  });

  it('moves right and down, and out of the image', () => {
    expect(changed(dot(5, 6), {...WHOLE, right: 4, down: -2}, 1)).toEqual(dot(9, 4));
    expect(ink(changed(dot(20, 6), {...WHOLE, right: 14}, 1))).toBe(0);
  });

  it('turns clockwise about its middle, where it is after the shift', () => {
    expect(changed(dot(20, 13), {...WHOLE, rotation: 90}, 1)).toEqual(dot(14, 20));
    expect(changed(dot(20, 13), {...WHOLE, rotation: 180}, 1)).toEqual(dot(7, 14));
    expect(changed(dot(20, 13), {...WHOLE, rotation: 90, right: 3}, 1)).toEqual(dot(17, 20));
  });

  it('grows and shrinks by area', () => {
    const area = (size: number) => ink(changed(disc, {...WHOLE, size}, 1)) / ink(disc);
    expect(area(0.5)).toBeCloseTo(0.25, 1);
    expect(area(1.5)).toBeCloseTo(2.25, 1);
  });

  it('loses a square, at the edges too', () => {
    const full = new Uint8Array(784).fill(255);
    const lost = (erasedColumn: number, erasedRow: number) =>
      784 - ink(changed(full, {...WHOLE, erased: 5, erasedColumn, erasedRow}, 1)) / 255;
    expect(lost(14, 14)).toBe(25);
    expect(lost(0, 0)).toBe(9);
    expect(lost(27, 14)).toBe(15);
  });

  it('fades, and has the same noise of the same seed', () => {
    expect(changed(dot(3, 3), {...WHOLE, contrast: 0.2}, 1)[3 * SIDE + 3]).toBe(51);
    const noisy = (seed: number) => changed(disc, {...WHOLE, noise: 0.3}, seed);
    expect(noisy(7)).toEqual(noisy(7));
    expect(noisy(8)).not.toEqual(noisy(7));
    const most = noisy(7).reduce((largest, value, i) => Math.max(largest, Math.abs(value - disc[i])), 0);
    expect(most).toBeGreaterThan(60);
    expect(most).toBeLessThanOrEqual(77);
  });

  it('is tried over the whole range of a change', () => {
    const {min, max} = RANGES.rotation;
    expect(steps('rotation', 5)).toEqual([min, -90, 0, 90, max]);
    expect(steps('erasedRow', 41)).toEqual(Array.from({length: 28}, (_, i) => i));
  });
});
