import type {Tensor} from '@tensorflow/tfjs-core';
import {type LayersModel, model as modelOf} from '@tensorflow/tfjs-layers';
import type {FirstLayer, Picture} from './types';

const SIDE = 28;
/** More would fit no screen. */
const MOST_PICTURES = 64;

/**
 * The filters of the first layer with weights, and what they make of an image.
 *
 * A convolution's filters are pictures of its kernel's size, its activations of its output's; the units of a dense layer
 * on all pixels are pictures of 28x28, their activations single values.
 *
 * @param xs one example, as the model takes it.
 * @returns undefined where the weights are no pictures.
 */
export async function firstLayer(model: LayersModel, xs: Tensor): Promise<FirstLayer | undefined> {
  const layer = model.layers.find(({weights}) => weights.length > 0);
  if (!layer || Array.isArray(layer.output)) return undefined;
  const kernel = layer.getWeights()[0];
  const filterSize = pictureSize(kernel.shape);
  if (!filterSize) return undefined;
  const response = modelOf({inputs: model.inputs, outputs: layer.output}).predict(xs) as Tensor;
  const [height, width] = response.rank === 4 ? response.shape.slice(1, 3) : [1, 1];
  const count = kernel.shape[kernel.rank - 1];
  const [weights, values] = await Promise.all([kernel.data(), response.data()]);
  response.dispose();
  return {
    name: layer.name,
    count,
    filters: pictures(weights, filterSize, count),
    activations: pictures(values, {width, height}, count),
  };
}

type Size = Pick<Picture, 'width' | 'height'>;

/** Of the filters in a kernel [height, width, 1, filters] or [784, units]. */
function pictureSize(kernelShape: number[]): Size | undefined {
  const [height, width, inputs] = kernelShape;
  if (kernelShape.length === 4 && inputs === 1) return {width, height};
  return kernelShape.length === 2 && height === SIDE * SIDE ? {width: SIDE, height: SIDE} : undefined;
}

/** Channels as pictures, of values [height, width, count]. */
function pictures(values: ArrayLike<number>, {width, height}: Size, count: number): Picture[] {
  return Array.from({length: Math.min(count, MOST_PICTURES)}, (_, channel) => ({
    values: Float32Array.from({length: width * height}, (_, i) => values[i * count + channel]),
    width,
    height,
  }));
}
