import type {Picture} from '../types';

/** Pictures of one layer that are shown: more would fit no screen, and hold up the page. */
const MOST_PICTURES = 16;
/** Cells of one layer that are shown. */
const MOST_CELLS = 512;

export type Size = Pick<Picture, 'width' | 'height'>;

/** Some of the channels of values [height, width, count], as pictures. */
export function channelPictures(
  values: ArrayLike<number>,
  {width, height}: Size,
  count: number,
  most = MOST_PICTURES,
): Picture[] {
  return Array.from({length: Math.min(count, most)}, (_, c) => channelPicture(values, {width, height}, count, c));
}

export function channelPicture(values: ArrayLike<number>, {width, height}: Size, count: number, c: number): Picture {
  return {values: Float32Array.from({length: width * height}, (_, i) => values[i * count + c]), width, height};
}

/** Values in one row. */
export function cells(values: ArrayLike<number>): Picture {
  const shown = Float32Array.from({length: Math.min(values.length, MOST_CELLS)}, (_, i) => values[i]);
  return {values: shown, width: shown.length, height: 1};
}
