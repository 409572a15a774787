import type {Picture} from '../types';
import type {Place, SumPart, WeightedSum} from './types';
import {type Window, windowAt} from './window';

/** Parts of a sum that are told of one by one. */
const MOST_PARTS = 8;

/** Values [height, width, channels]. */
export interface Volume {
  values: ArrayLike<number>;
  height: number;
  width: number;
  channels: number;
}

/**
 * What a convolution's filter makes of the patch that it looks at for a pixel of its output: a part for each channel.
 * @param filter [height, width, channels].
 */
export function convolutionSum(
  input: Volume,
  window: Window,
  filter: ArrayLike<number>,
  bias: number,
  place: Place,
): WeightedSum {
  const parts = Array.from({length: input.channels}, (_, from): SumPart => {
    const inputs = patch(input, window, place, from);
    const weights = {...inputs, values: inputs.values.map((_, i) => filter[i * input.channels + from])};
    return {from, inputs, weights, sum: inputs.values.reduce((sum, value, i) => sum + value * weights.values[i], 0)};
  });
  return weightedSum(
    parts.map(({sum}) => sum),
    bias,
    (from) => parts[from],
  );
}

/** What a unit of a dense layer makes of its inputs: a part for each of them. */
export function denseSum(inputs: ArrayLike<number>, weights: ArrayLike<number>, bias: number): WeightedSum {
  const sums = Array.from({length: inputs.length}, (_, i) => inputs[i] * weights[i]);
  return weightedSum(sums, bias, (from) => densePart(inputs, weights, from));
}

export function densePart(inputs: ArrayLike<number>, weights: ArrayLike<number>, from: number): SumPart {
  const [input, weight] = [inputs[from], weights[from]];
  return {from, inputs: single(input), weights: single(weight), sum: input * weight};
}

function weightedSum(sums: readonly number[], bias: number, partOf: (from: number) => SumPart): WeightedSum {
  const order = sums.map((_, i) => i).sort((a, b) => Math.abs(sums[b]) - Math.abs(sums[a]));
  const rest = order.slice(MOST_PARTS);
  const restSum = rest.reduce((sum, i) => sum + sums[i], 0);
  const parts = order.slice(0, MOST_PARTS).map(partOf);
  const total = parts.reduce((all, {sum}) => all + sum, restSum + bias);
  return {parts, rest: {count: rest.length, sum: restSum}, bias, total};
}

/** What a window covers of one channel; zeros beyond the edges. */
export function patch({values, ...input}: Volume, window: Window, place: Place, channel: number): Picture {
  const [height, width] = window.size;
  const {top, left} = windowAt(window, place);
  const covered = Float32Array.from({length: height * width}, (_, i) => {
    const y = top + Math.floor(i / width) * window.dilation[0];
    const x = left + (i % width) * window.dilation[1];
    const inside = y >= 0 && x >= 0 && y < input.height && x < input.width;
    return inside ? values[(y * input.width + x) * input.channels + channel] : 0;
  });
  return {values: covered, height, width};
}

function single(value: number): Picture {
  return {values: Float32Array.of(value), width: 1, height: 1};
}
