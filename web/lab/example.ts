import {dispose, type Tensor} from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import {toExamples} from '../../recipes';

/**
 * Does something with one image, as a model takes it.
 * @param pixels [784], 0 background to 255 ink.
 */
export async function withExample<T>(
  model: LayersModel,
  pixels: Uint8Array,
  use: (model: LayersModel, xs: Tensor) => Promise<T>,
): Promise<T> {
  const {xs, ys} = toExamples(model, {images: pixels, labels: new Uint8Array(1), size: 1});
  try {
    return await use(model, xs);
  } finally {
    dispose([xs, ys]);
  }
}
