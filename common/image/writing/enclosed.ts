import type {DigitRegions} from './digits';
import {isInside} from './obstacles';

/** Of the outer digit's longer side: how far its strokes may be from what they enclose, as the edge between is soft. */
const REACH = 0.2;
/** Of the rows of what is enclosed. */
const MIN_SHARE = 0.6;

/** Whether a shape is the paper that the strokes of a digit enclose, as in a zero: they are next to it on either side. */
export function isEnclosed(shape: DigitRegions, digit: DigitRegions, width: number): boolean {
  if (!isInside(shape.box, digit.box)) return false;
  const reach = Math.max(3, Math.round(REACH * Math.max(digit.box.width, digit.box.height)));
  const strokes = new Set(digit.parts.flatMap(({pixels}) => pixels));
  const ends = new Map<number, [number, number]>();
  for (const {pixels} of shape.parts) {
    for (const pixel of pixels) {
      const row = Math.floor(pixel / width);
      const [first, last] = ends.get(row) ?? [pixel, pixel];
      ends.set(row, [Math.min(first, pixel), Math.max(last, pixel)]);
    }
  }
  const meets = (from: number, step: number) => {
    for (let i = 1; i <= reach; i++) if (strokes.has(from + i * step)) return true;
    return false;
  };
  const rows = [...ends.values()];
  return rows.filter(([first, last]) => meets(first, -1) && meets(last, 1)).length >= MIN_SHARE * rows.length;
}
