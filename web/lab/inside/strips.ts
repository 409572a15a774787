import {dispose, type Tensor} from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import {activationOf, isImage, type SeenLayer, seenLayers, shapeOf, valuesAt} from './layers';
import {cells, channelPictures} from './pictures';
import type {LayerView} from './types';

/**
 * Every layer, and what it makes of an image.
 * @param xs one example, as the model takes it.
 */
export async function layerViews(model: LayersModel, xs: Tensor): Promise<LayerView[]> {
  const layers = seenLayers(model);
  const outputs = valuesAt(
    model,
    layers.map(({output}) => output),
    xs,
  );
  const kernels = layers.map(imageKernel);
  const values = await Promise.all(outputs.map((output) => output.data()));
  const weights = await Promise.all(kernels.map((kernel) => kernel?.data()));
  dispose(outputs);
  dispose(kernels.filter((kernel) => kernel !== undefined));
  return layers.map((seen, i) => layerView(seen, values[i], weights[i]));
}

function layerView(seen: SeenLayer, values: ArrayLike<number>, kernel: ArrayLike<number> | undefined): LayerView {
  const shape = shapeOf(seen.output);
  const about = {name: seen.layer.name, type: seen.layer.getClassName(), activation: activationOf(seen), shape};
  if (shape.length !== 3 && shape.length !== 2) {
    return {...about, form: 'cells', count: values.length, pictures: [cells(values)], filters: undefined};
  }
  const [height, width, count = 1] = shape;
  const pictures = channelPictures(values, {width, height}, count);
  const [rows, columns] = seen.layer.weights[0]?.shape ?? [];
  const filters = kernel && channelPictures(kernel, {width: Number(columns), height: Number(rows)}, count);
  return {...about, form: 'pictures', count, pictures, filters};
}

/** [height, width, 1, filters] of a convolution of the image; a copy, as the weights of a training last for one step. */
function imageKernel({layer, input}: SeenLayer): Tensor | undefined {
  if (layer.getClassName() !== 'Conv2D' || shapeOf(input).at(-1) !== 1 || !comesFromImage(input)) return undefined;
  return layer.getWeights()[0].clone();
}

/** The image itself, or the image in another shape. */
function comesFromImage(input: SeenLayer['input']): boolean {
  if (isImage(input)) return true;
  const {sourceLayer} = input;
  return sourceLayer.getClassName() === 'Reshape' && !Array.isArray(sourceLayer.input) && isImage(sourceLayer.input);
}
