import {max, type Tensor} from '@tensorflow/tfjs-core';
import type {MnistSplit} from 'mnist-wasm/mnist';
import {subset} from '../../../recipes';
import {rowsOf, type Work} from './chunks';
import {seenLayers, shapeOf} from './layers';
import type {ExcitingImage, UnitChoice} from './types';

/** Test images that are looked through. */
const IMAGES = 1000;
const SHOWN = 8;

/** The strongest answer of each unit of a layer to each of the first test images. */
export interface Answers {
  /** [images, units]. */
  values: Float32Array;
  units: number;
  images: MnistSplit;
}

/** Undefined where it was over before it was done, or there is no such layer. */
export async function answersOf(work: Work, test: MnistSplit, layer: number): Promise<Answers | undefined> {
  const seen = seenLayers(work.model)[layer];
  if (!seen) return undefined;
  const shape = shapeOf(seen.output);
  const isPicture = shape.length === 2 || shape.length === 3;
  const units = isPicture ? (shape[2] ?? 1) : shape.reduce((a, b) => a * b, 1);
  const images = subset(test, 0, Math.min(IMAGES, test.size));
  const strongest = (values: Tensor) => (isPicture ? max(values, [1, 2]) : values.clone());
  const values = await rowsOf(work, images, seen.output, strongest);
  return values && {values, units, images};
}

/** The images that excite a unit most, the strongest first; none that do not at all. */
export function mostExciting({values, units, images}: Answers, {unit}: UnitChoice): ExcitingImage[] {
  const pixels = images.images.length / images.size;
  const of = (index: number) => values[index * units + unit];
  return Array.from({length: images.size}, (_, index) => index)
    .sort((a, b) => of(b) - of(a))
    .slice(0, SHOWN)
    .filter((index) => of(index) !== 0)
    .map((index) => ({
      index,
      value: of(index),
      label: images.labels[index],
      pixels: images.images.slice(index * pixels, (index + 1) * pixels),
    }));
}
