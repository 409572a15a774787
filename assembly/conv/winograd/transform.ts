/**
 * The transforms of whole tiles, which are those of lines.ts in both directions: 6 x 6 points, each a matrix of its
 * own for the products, `plane` bytes after the one before.
 */
import {TILE} from '../../memory';
import {countOf, dataLine, kernelLine, outputLine} from './line';

/** Lines of vectors in the scratch between the two directions. */
const ROW: usize = 6 * 16;

/**
 * Data: a tile of 6 x 6 pixels of `channels` floats, pixels pixelPitch bytes apart, rows rowPitch. Whole vectors are
 * read and written.
 */
export function transformData(
  x: usize, pixelPitch: usize, rowPitch: usize, channels: i32, y: usize, plane: usize,
): void {
  while (channels > 0) {
    for (let column: usize = 0; column < 6; column++) {
      dataLine(x + column * pixelPitch, rowPitch, TILE + (column << 4), ROW);
    }
    for (let row: usize = 0; row < 6; row++) dataLine(TILE + row * ROW, 16, y + row * 6 * plane, plane);
    x += 16;
    y += 16;
    channels -= 4;
  }
}

/** A kernel of Taps x Taps taps, which lie tapPitch bytes apart, and their rows rowPitch, for `channels` floats. */
// @ts-ignore: decorator
@inline
export function transformKernel<Taps>(
  g: usize, tapPitch: usize, rowPitch: usize, channels: i32, y: usize, plane: usize,
): void {
  const taps: usize = countOf<Taps>();
  while (channels > 0) {
    for (let column: usize = 0; column < taps; column++) {
      kernelLine<Taps>(g + column * tapPitch, rowPitch, TILE + (column << 4), ROW);
    }
    for (let row: usize = 0; row < 6; row++) kernelLine<Taps>(TILE + row * ROW, 16, y + row * 6 * plane, plane);
    g += 16;
    y += 16;
    channels -= 4;
  }
}

/** The outputs of a tile, Outputs x Outputs pixels, plus the bias, if it is not 0; whole vectors are written. */
// @ts-ignore: decorator
@inline
export function transformOutput<Outputs>(
  x: usize, plane: usize, channels: i32, bias: usize, y: usize, pixelPitch: usize, rowPitch: usize,
): void {
  const outputs: usize = countOf<Outputs>();
  while (channels > 0) {
    const zero = f32x4.splat(0);
    for (let column: usize = 0; column < 6; column++) {
      outputLine<Outputs>(x + column * plane, 6 * plane, TILE + (column << 4), ROW, zero);
    }
    const start = bias ? v128.load(bias) : zero;
    for (let row: usize = 0; row < outputs; row++) {
      outputLine<Outputs>(TILE + row * ROW, 16, y + row * rowPitch, pixelPitch, start);
    }
    x += 16;
    y += 16;
    if (bias) bias += 16;
    channels -= 4;
  }
}
