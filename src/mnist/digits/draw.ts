import {assertGiven, isPlain} from '../../shared/given.js';
import {checkInteger} from '../check.js';
import type {MnistSplit} from '../types.js';
import {createLine, lineCapacity, trace} from './curve.js';
import {inkLine, moveByHand, pickStyle} from './hand.js';
import {Sfc32} from './random.js';
import {rasterize} from './raster.js';
import {skeletons} from './skeletons.js';

const PIXELS = 28 * 28;

/** Streams of the generator: one for the order of labels, one for the drawing. */
const LABELS = 1;
const GLYPHS = 2;

/** Samples are numbered by 32 bits. */
const SAMPLES = 2 ** 32;

/** Test samples begin here, at a multiple of ten; training samples begin at 0 and are far fewer. */
export const DIGITS_TEST_START = 2_000_000_000;

/**
 * Draws handwritten-looking digits in MNIST's form: a glyph of 20 x 20 pixels, centred by its centre of mass in 28 x 28.
 *
 * Sample i depends on the seed and i alone, on every platform, so that any range can be drawn at any time. Each ten
 * samples from a multiple of ten on hold each digit once, in shuffled order.
 *
 * @param options.count Number of samples, at least 1.
 * @param options.seed An integer of 32 bits. Default: 0.
 * @param options.start Number of the first sample; start + count is at most 2^32. Default: 0.
 * @throws RangeError where an option is not an integer in its range.
 */
export function drawDigits(options: {count: number; seed?: number; start?: number}): MnistSplit {
  assertGiven(isPlain(options), 'options', '{count}', options);
  const {count, seed = 0, start = 0} = options;
  checkInteger('seed', seed, 0, 0xffffffff);
  checkInteger('start', start, 0, SAMPLES - 1);
  checkInteger('count', count, 1, SAMPLES - start);
  const all = skeletons();
  const line = createLine(lineCapacity(all));
  const moved = new Float64Array(2 * line.x.length);
  const images = new Uint8Array(count * PIXELS);
  const labels = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const digit = labelOf(seed, start + i);
    const random = new Sfc32(seed, GLYPHS, start + i);
    const skeleton = pickStyle(all[digit], random);
    moveByHand(digit, skeleton, random, moved);
    trace(moved, skeleton, line);
    inkLine(line, random);
    // MNIST's edges are that soft: black and white scans, brought down to 20 pixels.
    rasterize(line, random.uniform(1.2, 1.9), images, i * PIXELS);
    labels[i] = digit;
  }
  return {images, labels, size: count};
}

/** A Fisher-Yates shuffle of the ten digits for each ten samples, as far as it is needed to know one place. */
function labelOf(seed: number, index: number): number {
  const place = index % 10;
  const random = new Sfc32(seed, LABELS, (index - place) / 10);
  const order = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
  for (let i = 0; i <= place; i++) {
    const j = i + random.below(10 - i);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order[place];
}
