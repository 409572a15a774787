import {checkInteger} from '../mnist/check.js';
import {assertBooleans, assertOptions, misfit} from '../shared/given.js';

/**
 * How far images are shifted: a number below 1 is a fraction of the side, at most so far either way; a whole number n
 * from 1 on means whole pixels, less than n; another number from 1 on means pixels, at most so many. Of a list one is
 * picked, and its sign by chance; all below 1 they are fractions.
 */
export type ShiftRange = number | readonly number[];

/** What is seen beyond an image's edge: the edge's pixels, `cval`, the image mirrored, or the image again. */
export type FillMode = 'nearest' | 'constant' | 'reflect' | 'wrap';

/** Keras's options, with its defaults: none of it does anything. */
export interface ImageDataGeneratorOptions {
  /** Degrees, either way. Default: 0. */
  rotationRange?: number;
  /** Default: 0. */
  widthShiftRange?: ShiftRange;
  /** Default: 0. */
  heightShiftRange?: ShiftRange;
  /** Shear angle in degrees, either way. Default: 0. */
  shearRange?: number;
  /** z for 1 - z to 1 + z, or the least and the most; width and height apart. Default: 0. */
  zoomRange?: number | readonly [low: number, high: number];
  /** Mirror every other image, by chance, left to right. Default: false. */
  horizontalFlip?: boolean;
  /** ... or top to bottom. Default: false. */
  verticalFlip?: boolean;
  /** Default: nearest. */
  fillMode?: FillMode;
  /** What is beyond the edge with the fill mode `constant`. Default: 0. */
  cval?: number;
  /** An integer of 32 bits. Default: by chance. */
  seed?: number;
}

export interface Ranges extends Required<Omit<ImageDataGeneratorOptions, 'seed' | 'zoomRange'>> {
  zoomRange: readonly [number, number];
}

const FILL_MODES: readonly string[] = ['nearest', 'constant', 'reflect', 'wrap'];

/** @throws RangeError where an option is out of range. */
export function rangesOf(options: ImageDataGeneratorOptions): Ranges {
  assertOptions(options);
  assertBooleans(options, ['horizontalFlip', 'verticalFlip']);
  const {rotationRange = 0, shearRange = 0, zoomRange: zoom = 0, cval = 0, fillMode = 'nearest'} = options;
  const {widthShiftRange = 0, heightShiftRange = 0, horizontalFlip = false, verticalFlip = false} = options;
  const zoomRange = typeof zoom === 'number' ? ([1 - zoom, 1 + zoom] as const) : zoom;
  check('rotationRange', rotationRange, isNumber(rotationRange) && rotationRange >= 0, 'degrees, at least 0');
  check('shearRange', shearRange, isNumber(shearRange) && shearRange >= 0, 'degrees, at least 0');
  for (const [name, range] of Object.entries({widthShiftRange, heightShiftRange})) {
    const isRange = isNumber(range) ? range >= 0 : Array.isArray(range) && range.length > 0;
    check(name, range, isRange, 'a number, at least 0, or a list of numbers');
  }
  check(
    'zoomRange',
    zoom,
    Array.isArray(zoomRange) && zoomRange.length === 2 && zoomRange.every((z) => z > 0),
    'a number below 1 or two above 0',
  );
  check('cval', cval, isNumber(cval), 'a number');
  if (!FILL_MODES.includes(fillMode)) {
    throw new RangeError(misfit('fillMode', `one of ${FILL_MODES.join(', ')}`, fillMode));
  }
  if (options.seed !== undefined) checkSeed(options.seed);
  return {
    rotationRange,
    widthShiftRange,
    heightShiftRange,
    shearRange,
    zoomRange,
    horizontalFlip,
    verticalFlip,
    fillMode,
    cval,
  };
}

export function checkSeed(seed: number): void {
  checkInteger('seed', seed, -(2 ** 31), 2 ** 32 - 1);
}

function check(name: string, value: number | readonly number[], isInRange: boolean, expected: string): void {
  if (isInRange && [value].flat().every(Number.isFinite)) return;
  throw new RangeError(misfit(name, expected, value));
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}
