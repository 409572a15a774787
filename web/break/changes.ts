/** Ways in which a digit is spoilt, to see what a network makes of it then. Images are [784], 0 background to 255 ink. */
import {affineRow} from '../../src/training/affine';
import {seededRandom} from '../../src/training/random';

const SIDE = 28;
const LAST = SIDE - 1;
const INK = 255;

/** All at their defaults leave the image as it is. */
export interface Changes {
  /** Degrees, clockwise. */
  rotation: number;
  /** Pixels to the right. */
  right: number;
  /** Pixels down. */
  down: number;
  /** Of the size, as a share. */
  size: number;
  /** Of the ink, as a share. */
  contrast: number;
  /** The largest change of a pixel, as a share of full ink. */
  noise: number;
  /** Side of the square that is erased, in pixels, and the pixel in its middle. */
  erased: number;
  erasedColumn: number;
  erasedRow: number;
}

export type Change = keyof Changes;

export const WHOLE: Changes = {
  rotation: 0,
  right: 0,
  down: 0,
  size: 1,
  contrast: 1,
  noise: 0,
  erased: 0,
  erasedColumn: 14,
  erasedRow: 14,
};

/** Of the sliders. */
export const RANGES: Readonly<Record<Change, {min: number; max: number; step: number}>> = {
  rotation: {min: -180, max: 180, step: 5},
  right: {min: -14, max: 14, step: 1},
  down: {min: -14, max: 14, step: 1},
  size: {min: 0.3, max: 1.8, step: 0.05},
  contrast: {min: 0, max: 1, step: 0.05},
  noise: {min: 0, max: 1, step: 0.05},
  erased: {min: 0, max: 20, step: 1},
  erasedColumn: {min: 0, max: LAST, step: 1},
  erasedRow: {min: 0, max: LAST, step: 1},
};

/** Whether an image comes out as it went in: where nothing is erased, it does not matter where. */
export function isWhole({erasedColumn: _, erasedRow: __, ...changes}: Changes): boolean {
  return Object.entries(changes).every(([change, value]) => value === WHOLE[change as Change]);
}

/** The image as it is then: moved, then erased, then with less ink and noise; the same seed gives the same noise. */
export function changed(pixels: Uint8Array, changes: Changes, seed: number): Uint8Array {
  const moved = move(pixels, changes);
  erase(moved, changes);
  const random = seededRandom(seed);
  return Uint8Array.from(moved, (value) => {
    const noise = INK * changes.noise * (2 * random() - 1);
    return Math.round(Math.min(INK, Math.max(0, value * changes.contrast + noise)));
  });
}

function move(pixels: Uint8Array, {rotation, right, down, size}: Changes): Float32Array {
  // Pixels are taken from where they were: the shift is undone before the turn about the middle.
  const turned = affineRow(
    {theta: -rotation, tx: 0, ty: 0, shear: 0, zx: 1 / size, zy: 1 / size, flipHorizontal: false, flipVertical: false},
    SIDE,
    SIDE,
  );
  const [a, b, c, d, e, f] = turned;
  return Float32Array.from(pixels, (_, i) => {
    const [x, y] = [(i % SIDE) - right, Math.floor(i / SIDE) - down];
    return sample(pixels, a * x + b * y + c, d * x + e * y + f);
  });
}

/** Between four pixels by their distance; background outside. */
function sample(pixels: Uint8Array, x: number, y: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [toRight, toBottom] = [x - left, y - top];
  const at = (column: number, row: number) =>
    column < 0 || column > LAST || row < 0 || row > LAST ? 0 : pixels[row * SIDE + column];
  const above = (1 - toRight) * at(left, top) + toRight * at(left + 1, top);
  const below = (1 - toRight) * at(left, top + 1) + toRight * at(left + 1, top + 1);
  return (1 - toBottom) * above + toBottom * below;
}

function erase(values: Float32Array, {erased, erasedColumn, erasedRow}: Changes): void {
  const left = erasedColumn - Math.floor(erased / 2);
  const top = erasedRow - Math.floor(erased / 2);
  for (let row = Math.max(0, top); row < Math.min(SIDE, top + erased); row++) {
    values.fill(0, row * SIDE + Math.max(0, left), row * SIDE + Math.min(SIDE, left + erased));
  }
}

/** Values over the whole range of a change with its ends, as its slider can have them; so many at most. */
export function steps(change: Change, most: number): number[] {
  const {min, max, step} = RANGES[change];
  const all = Math.round((max - min) / step);
  const count = Math.min(most - 1, all);
  return Array.from({length: count + 1}, (_, i) => min + step * Math.round((all * i) / count));
}
