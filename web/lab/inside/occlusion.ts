import type {MnistSplit} from 'mnist-wasm/mnist';
import {argMax} from '../../../common/statistics';
import {rowsOf, type Work} from './chunks';
import type {Occlusion} from './types';

const SIDE = 28;
const DIGITS = 10;
/** Of what covers a part of the image, in pixels. */
const COVER = 4;
/** From one cover to the next. */
const STEP = 2;

type Cover = {top: number; left: number};

/**
 * Which pixels matter for a model's answer: the image is shown to it again and again, each time with another part covered
 * by background (M. D. Zeiler, R. Fergus: Visualizing and understanding convolutional networks, 2014).
 */
export async function occlusionOf(work: Work, pixels: Uint8Array): Promise<Occlusion | undefined> {
  const covers = coversOf(pixels);
  const shown = [pixels, ...covers.map((cover) => covered(pixels, cover))];
  const rows = await rowsOf(work, asImages(shown), work.model.outputs[0]);
  if (!rows) return undefined;
  const digit = argMax(rows.subarray(0, DIGITS));
  const probability = rows[digit];
  const falls = meanFalls(covers, (i) => probability - rows[(i + 1) * DIGITS + digit]);
  return {digit, probability, falls: {values: falls, width: SIDE, height: SIDE}};
}

/** Those that cover any ink: the others change nothing. */
function coversOf(pixels: Uint8Array): Cover[] {
  const covers: Cover[] = [];
  for (let top = 0; top <= SIDE - COVER; top += STEP) {
    for (let left = 0; left <= SIDE - COVER; left += STEP) {
      if (places({top, left}).some((place) => pixels[place] > 0)) covers.push({top, left});
    }
  }
  return covers;
}

function places({top, left}: Cover): number[] {
  return Array.from({length: COVER * COVER}, (_, i) => (top + Math.floor(i / COVER)) * SIDE + left + (i % COVER));
}

function covered(pixels: Uint8Array, cover: Cover): Uint8Array {
  const image = pixels.slice();
  for (const place of places(cover)) image[place] = 0;
  return image;
}

function asImages(images: readonly Uint8Array[]): MnistSplit {
  const all = new Uint8Array(images.length * SIDE * SIDE);
  images.forEach((image, i) => {
    all.set(image, i * SIDE * SIDE);
  });
  return {images: all, labels: new Uint8Array(images.length), size: images.length};
}

/** Of each pixel: the mean over the covers that it was under. */
function meanFalls(covers: readonly Cover[], fallOf: (cover: number) => number): Float32Array {
  const sums = new Float32Array(SIDE * SIDE);
  const counts = new Uint8Array(SIDE * SIDE);
  covers.forEach((cover, i) => {
    for (const place of places(cover)) {
      sums[place] += fallOf(i);
      counts[place]++;
    }
  });
  return sums.map((sum, i) => (counts[i] > 0 ? sum / counts[i] : 0));
}
