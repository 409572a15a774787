import {dispose, slice, type Tensor, tidy} from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import {argMax} from '../../../common/statistics';
import type {Picture} from '../types';
import {activationOf, isImage, layerBefore, type SeenLayer, seenLayers, shapeOf, valuesAt} from './layers';
import {cells, channelPicture, channelPictures} from './pictures';
import {receptiveField} from './receptive-field';
import {convolutionSum, denseSum, patch, type Volume} from './sums';
import type {Place, UnitChoice, UnitView} from './types';
import {windowOf} from './window';

const SIDE = 28;

/** What is read of the model and of what it makes of an image. */
interface Numbers {
  input: ArrayLike<number>;
  output: ArrayLike<number>;
  /** Of the unit alone. */
  kernel: ArrayLike<number> | undefined;
  bias: number;
}

/**
 * How one value of a layer comes about.
 *
 * @param xs one example, as the model takes it.
 * @param wanted the pixel of the output; by default the one with the strongest answer.
 * @returns undefined where there is no such unit.
 */
export async function unitView(
  model: LayersModel,
  xs: Tensor,
  {layer: position, unit}: UnitChoice,
  wanted?: Place,
): Promise<UnitView | undefined> {
  const layers = seenLayers(model);
  const seen = layers[position];
  if (!seen) return undefined;
  const shape = shapeOf(seen.output);
  const isPicture = shape.length === 2 || shape.length === 3;
  const units = isPicture ? (shape[2] ?? 1) : shape.reduce((a, b) => a * b, 1);
  if (unit >= units) return undefined;

  const numbers = await read(model, xs, seen, unit);
  const answer = isPicture
    ? channelPicture(numbers.output, {height: shape[0], width: shape[1]}, units, unit)
    : undefined;
  const place = answer && placeIn(answer, wanted);
  const inputShape = givenShape(layers, seen);
  return {
    layer: position,
    unit,
    type: seen.layer.getClassName(),
    activation: activationOf(seen),
    answer,
    place,
    field: place && receptiveField(layers, seen, place),
    inputShape,
    weights: numbers.kernel && weightPictures(seen, numbers.kernel, inputShape),
    ...working(seen, numbers, unit, place),
    value: answer && place ? answer.values[place[0] * answer.width + place[1]] : numbers.output[unit],
  };
}

async function read(model: LayersModel, xs: Tensor, seen: SeenLayer, unit: number): Promise<Numbers> {
  const [output, input] = valuesAt(model, [seen.output, seen.input], xs);
  const [kernel, bias] = weightsOf(seen, unit);
  const all = [input, output, kernel, bias];
  const values = await Promise.all(all.map((tensor) => tensor?.data()));
  dispose(all.filter((tensor) => tensor !== undefined));
  const [inputs, outputs] = values as ArrayLike<number>[];
  return {input: inputs, output: outputs, kernel: values[2], bias: values[3]?.[0] ?? 0};
}

/** Of a unit of a layer that makes weighted sums: all of a kernel may be a hundred megabytes. */
function weightsOf(seen: SeenLayer, unit: number): (Tensor | undefined)[] {
  if (!isConvolution(seen) && !isDense(seen)) return [];
  return tidy(() => {
    const [kernel, bias] = seen.layer.getWeights();
    const begin = kernel.shape.map((_, axis) => (axis === kernel.rank - 1 ? unit : 0));
    const size = kernel.shape.map((length, axis) => (axis === kernel.rank - 1 ? 1 : length));
    return [slice(kernel, begin, size), bias && slice(bias, [unit], [1])];
  });
}

function isConvolution(seen: SeenLayer): boolean {
  return seen.layer.getClassName() === 'Conv2D' && windowOf(seen) !== undefined;
}

/** Of one row of values. */
function isDense({layer, input}: SeenLayer): boolean {
  return layer.getClassName() === 'Dense' && shapeOf(input).length === 1;
}

function placeIn({values, width, height}: Picture, wanted: Place | undefined): Place {
  if (wanted) return [Math.min(wanted[0], height - 1), Math.min(wanted[1], width - 1)];
  const strongest = argMax(values);
  return [Math.floor(strongest / width), strongest % width];
}

/** What a layer is given, before it was flattened. */
function givenShape(layers: readonly SeenLayer[], seen: SeenLayer): number[] {
  const before = layerBefore(layers, seen);
  if (before?.layer.getClassName() === 'Flatten') return givenShape(layers, before);
  const shape = shapeOf(seen.input);
  return shape.length === 1 && shape[0] === SIDE * SIDE && isImage(seen.input) ? [SIDE, SIDE, 1] : shape;
}

function weightPictures(seen: SeenLayer, kernel: ArrayLike<number>, inputShape: number[]): UnitView['weights'] {
  const [height, width] = windowOf(seen)?.size ?? inputShape;
  const count = inputShape[2] ?? 1;
  if (inputShape.length !== 3) return {pictures: [cells(kernel)], count: 1};
  return {pictures: channelPictures(kernel, {height, width}, count), count};
}

function working(
  seen: SeenLayer,
  {input, kernel, bias}: Numbers,
  unit: number,
  place: Place | undefined,
): Pick<UnitView, 'sum' | 'pooled'> {
  const window = windowOf(seen);
  if (!window || !place) return {sum: kernel && denseSum(input, kernel, bias), pooled: undefined};
  const [height, width, channels] = shapeOf(seen.input);
  const volume: Volume = {values: input, height, width, channels};
  if (kernel) return {sum: convolutionSum(volume, window, kernel, bias, place), pooled: undefined};
  const pools = /Pooling2D$/.test(seen.layer.getClassName());
  return {sum: undefined, pooled: pools ? patch(volume, window, place, unit) : undefined};
}
