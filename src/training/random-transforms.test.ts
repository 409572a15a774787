import {type FillMode, ImageDataGenerator, type ImageDataGeneratorOptions} from 'mnist-wasm/training';
import {describe, expect, it} from 'vitest';

describe('what is drawn', () => {
  const draws = (options: ImageDataGeneratorOptions, height = 100, width = 200) => {
    const generator = new ImageDataGenerator({seed: 5, ...options});
    return Array.from({length: 400}, () => generator.getRandomTransform(height, width));
  };
  /** From the least to the most, which 400 uniform numbers reach within 3 %. */
  const span = (values: number[]) => [Math.min(...values), Math.max(...values)];
  const expectSpan = (values: number[], low: number, high: number) => {
    const [least, most] = span(values);
    const margin = 0.03 * (high - low);
    expect(least).toBeGreaterThanOrEqual(low);
    expect(most).toBeLessThanOrEqual(high);
    expect(least).toBeLessThan(low + margin);
    expect(most).toBeGreaterThan(high - margin);
  };

  it('fills the ranges, and nothing moves that was not asked for', () => {
    expect(draws({})).toEqual(
      Array.from({length: 400}, () => expect.objectContaining({zx: 1, zy: 1, flipVertical: false})),
    );
    expect(span(draws({}).flatMap(({theta, tx, ty, shear}) => [theta, tx, ty, shear]))).toEqual([
      expect.closeTo(0),
      expect.closeTo(0),
    ]);
    expectSpan(
      draws({rotationRange: 7}).map(({theta}) => theta),
      -7,
      7,
    );
    expectSpan(
      draws({shearRange: 2}).map(({shear}) => shear),
      -2,
      2,
    );
    expectSpan(
      draws({zoomRange: 0.05}).map(({zx}) => zx),
      0.95,
      1.05,
    );
    expectSpan(
      draws({zoomRange: [0.5, 2]}).map(({zy}) => zy),
      0.5,
      2,
    );
    expect(draws({zoomRange: 0.05}).some(({zx, zy}) => zx !== zy)).toBe(true);
  });

  it('shifts by fractions of a side, by pixels, whole pixels or one of a list', () => {
    expectSpan(
      draws({widthShiftRange: 0.05}).map(({tx}) => tx),
      -10,
      10,
    );
    expectSpan(
      draws({heightShiftRange: 0.05}).map(({ty}) => ty),
      -5,
      5,
    );
    expectSpan(
      draws({widthShiftRange: 2.5}).map(({tx}) => tx),
      -2.5,
      2.5,
    );
    const shifts = (range: number | number[]) =>
      [...new Set(draws({widthShiftRange: range}).map(({tx}) => tx + 0))].sort((a, b) => a - b);
    expect(shifts(3)).toEqual([-2, -1, 0, 1, 2]);
    expect(shifts([0.1, 0.25])).toEqual([-50, -20, 20, 50]);
    expect(shifts([1, 4])).toEqual([-4, -1, 1, 4]);
  });

  it('mirrors about half of the images', () => {
    const flips = draws({horizontalFlip: true}).filter(({flipHorizontal}) => flipHorizontal).length;
    expect(flips).toBeGreaterThan(160);
    expect(flips).toBeLessThan(240);
    expect(draws({horizontalFlip: true}).some(({flipVertical}) => flipVertical)).toBe(false);
  });

  it('is refused where it is out of range', () => {
    const wrong: ImageDataGeneratorOptions[] = [
      {rotationRange: -1},
      {rotationRange: Number.NaN},
      {shearRange: Infinity},
      {widthShiftRange: -0.1},
      {heightShiftRange: []},
      {heightShiftRange: [1, Number.NaN]},
      {zoomRange: 1},
      {zoomRange: [0, 1]},
      {zoomRange: [1] as unknown as [number, number]},
      {cval: Number.NaN},
      {fillMode: 'edge' as FillMode},
      {seed: 0.5},
    ];
    for (const options of wrong)
      expect(() => new ImageDataGenerator(options), JSON.stringify(options)).toThrow(RangeError);
  });
});
