import {backend_util, type NamedAttrMap} from '@tensorflow/tfjs-core';
import type {CaseOptions, InputSpec, KernelCase, Tolerance} from './types';

/** Sums of terms of both signs: an element's error is that of the terms, whatever is left of them. */
const tolerance: Tolerance = {relative: 2e-6, of: 'output'};

type Pair = [number, number];

interface Layer {
  batch?: number;
  size: number | Pair;
  channels: number;
  multiplier?: number;
  filter: number | Pair;
  strides?: number | Pair;
  dilations?: number | Pair;
  pad?: 'same' | 'valid' | number | backend_util.ExplicitPadding;
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

const pair = (value: number | Pair): Pair => (Array.isArray(value) ? value : [value, value]);

/** XNNPACK, which tfjs-backend-wasm runs, refuses most such calls. */
const refusedByXnnpack: Partial<KernelCase> = {
  tfjsWasm: {skip: 'XNNPACK refuses a stride larger than the filter, and the result is left unwritten'},
};

/** The convolution, and where tfjs has them (no dilation) its two gradients. */
function layer(name: string, description: Layer, options: Partial<KernelCase> = {}): KernelCase[] {
  const {batch = 2, size, channels, multiplier = 1, filter, pad = 'same', dimRoundingMode} = description;
  const strides = pair(description.strides ?? 1);
  const dilations = pair(description.dilations ?? 1);
  const inputShape: [number, number, number, number] = [batch, ...pair(size), channels];
  const filterShape: [number, number, number, number] = [...pair(filter), channels, multiplier];
  const attrs: NamedAttrMap = {strides, pad: pad as 'same', dilations, ...(dimRoundingMode && {dimRoundingMode})};
  const info = backend_util.computeConv2DInfo(inputShape, filterShape, strides, dilations, pad, dimRoundingMode, true);
  const {outShape, outHeight, outWidth, outChannels} = info;
  const flops = 2 * batch * outHeight * outWidth * outChannels * filterShape[0] * filterShape[1];
  const skips = strides.some((stride, axis) => stride > filterShape[axis]);
  const common = {name, tolerance, flops, ...(skips && refusedByXnnpack), ...options};
  const inputs = {x: {shape: inputShape}, filter: {shape: filterShape}};
  const forward: KernelCase = {...common, kernel: 'DepthwiseConv2dNative', inputs, attrs};
  if (dilations.some((dilation) => dilation !== 1)) return [forward];
  const {gradient: _, ...withoutGradient} = common;
  const dy = {shape: outShape};
  return [
    forward,
    {
      ...withoutGradient,
      kernel: 'DepthwiseConv2dNativeBackpropFilter',
      inputs: {x: inputs.x, dy},
      attrs: {...attrs, filterShape},
    },
    {
      ...withoutGradient,
      kernel: 'DepthwiseConv2dNativeBackpropInput',
      inputs: {dy, filter: inputs.filter},
      attrs: {...attrs, inputShape},
    },
  ];
}

const explicit = (top: number, bottom: number, left: number, right: number): backend_util.ExplicitPadding => [
  [0, 0],
  [top, bottom],
  [left, right],
  [0, 0],
];

const channels = [1, 2, 3, 4, 5, 7, 8, 9, 13, 31, 32, 33, 70];

const swept: readonly KernelCase[] = [
  // Rows of seven pixels and more have a kernel of their own for filters of three columns, and 3x3 a gradient.
  ...channels.flatMap((n) => [
    ...layer(`${n} channels, 3x3`, {size: [4, 9], channels: n, filter: 3}),
    ...layer(`${n} channels, narrow`, {size: [4, 5], channels: n, filter: 3}),
    ...layer(`${n} channels, 2x4`, {size: [5, 6], channels: n, filter: [2, 4]}),
  ]),
  ...[1, 2, 6, 7, 8, 13, 14, 15].flatMap((width) => [
    ...layer(`width ${width}`, {size: [5, width], channels: 6, filter: 3}),
    ...layer(`width ${width}, 5x3`, {size: [5, width], channels: 6, filter: [5, 3]}),
    ...layer(`width ${width}, stride 2`, {size: [5, width], channels: 6, filter: 3, strides: 2}),
  ]),
  ...[2, 3, 4, 5, 9, 33].flatMap((multiplier) => [
    ...layer(`${multiplier} outputs a channel`, {size: [4, 8], channels: 5, multiplier, filter: 3}),
    ...layer(`${multiplier} outputs of one channel`, {size: [4, 8], channels: 1, multiplier, filter: 3}),
    ...layer(`${multiplier} outputs a channel, stride 2`, {size: 6, channels: 17, multiplier, filter: 2, strides: 2}),
  ]),
  ...([1, 2, 3, 5, [1, 2], [2, 1], [1, 3], [3, 2]] as const).flatMap((strides) =>
    ([1, 2, 3, 5, [3, 1], [1, 3], [4, 3]] as const).flatMap((filter) =>
      layer(`${filter} by ${strides}`, {size: [9, 10], channels: 5, filter: filter as Pair, strides: strides as Pair}),
    ),
  ),
];

const others: readonly KernelCase[] = [
  ...layer('small', {size: [4, 3], channels: 2, multiplier: 2, filter: 2}, {gradient: true}),
  ...layer('small, stride 2', {size: 5, channels: 3, filter: 3, strides: 2, pad: 'valid'}, {gradient: true}),
  ...layer('small, rows of seven', {batch: 1, size: [3, 7], channels: 2, filter: 3}, {gradient: true}),
  ...layer('valid', {size: [7, 11], channels: 6, filter: 3, pad: 'valid'}),
  ...layer('filter as large as the image', {size: 7, channels: 6, filter: 7, pad: 'valid'}),
  ...layer('filter larger than the image', {size: 3, channels: 6, filter: 5}),
  ...layer('1x1 image', {size: 1, channels: 6, filter: 3}),
  ...layer('rows that no window reads', {size: [10, 9], channels: 5, filter: 2, strides: 4, pad: 'valid'}),
  ...layer('stride larger than the image', {size: [3, 2], channels: 5, filter: 2, strides: [100000, 5]}),
  ...layer('dilation 2', {size: 9, channels: 5, filter: 3, dilations: 2}),
  ...layer('dilations 1 and 2', {size: 9, channels: 5, filter: 3, dilations: [1, 2]}),
  ...layer('dilations 3 and 1, valid', {size: 9, channels: 5, filter: 3, dilations: [3, 1], pad: 'valid'}),
  ...layer('dilation 2, two outputs a channel', {size: 9, channels: 5, multiplier: 2, filter: 3, dilations: 2}),
  ...layer('padding of 2', {size: 8, channels: 5, filter: 3, pad: 2}),
  // tfjs takes the filter's height and vertical stride for both sides of the output then.
  ...layer(
    'padding of 1, 2x4',
    {size: [7, 9], channels: 5, filter: [2, 4], pad: 1},
    {tfjsWasm: {differs: 'XNNPACK computes the size of the output by itself'}},
  ),
  ...layer('padding of 1, 3x1 by 1x2', {size: [7, 9], channels: 5, filter: [3, 1], strides: [1, 2], pad: 1}),
  ...layer('padding larger than the filter', {size: 6, channels: 5, filter: 2, pad: 3, strides: 2}),
  ...layer('explicit padding', {size: [6, 8], channels: 5, filter: 3, pad: explicit(2, 1, 0, 3)}),
  ...layer('negative padding', {size: [8, 12], channels: 5, filter: 3, pad: explicit(-1, 2, -3, 1)}),
  ...layer('negative padding, stride 2', {
    size: [8, 9],
    channels: 5,
    filter: 3,
    strides: 2,
    pad: explicit(-1, 0, -1, 1),
  }),
  ...layer(
    'rounded up',
    {size: [7, 8], channels: 5, filter: 3, strides: 2, pad: explicit(1, 0, 0, 0), dimRoundingMode: 'ceil'},
    {tfjsWasm: {differs: 'XNNPACK rounds the size of the output down'}},
  ),
  ...layer('several strips', {size: [40, 37], channels: 33, filter: 3}),
  ...layer('several strips, 5x5', {batch: 1, size: 41, channels: 32, filter: 5}),
  ...layer('several strips, strides 3 and 2', {batch: 1, size: 50, channels: 32, filter: 4, strides: [3, 2]}),
  ...layer('several strips, two outputs a channel', {batch: 1, size: 40, channels: 17, multiplier: 2, filter: 3}),
  ...layer('rows longer than a strip', {batch: 1, size: [4, 2100], channels: 3, filter: 3, strides: [2, 1]}),
  ...layer('no images', {batch: 0, size: 6, channels: 3, filter: 3}),
  ...layer('no outputs', {size: 6, channels: 3, multiplier: 0, filter: 3}),
  {
    kernel: 'DepthwiseConv2dNative',
    name: 'special values reach only the pixels that read them',
    inputs: {
      x: {shape: [1, 4, 9, 2], values: [Number.NaN, 1, Number.POSITIVE_INFINITY, -0, ...Array(68).fill(0.5)]},
      filter: {shape: [3, 3, 2, 1]},
    },
    attrs: {strides: [1, 1], pad: 'same', dilations: [1, 1]},
    tolerance,
  },
  {
    kernel: 'DepthwiseConv2dNativeBackpropFilter',
    name: 'a gradient larger than the output, of which the first rows and columns count',
    inputs: {x: {shape: [2, 5, 8, 3]}, dy: {shape: [2, 7, 9, 6]}},
    attrs: {strides: [1, 1], pad: 'same', dilations: [1, 1], filterShape: [3, 3, 3, 2]},
    tolerance,
  },
  {
    kernel: 'DepthwiseConv2dNativeBackpropInput',
    name: 'dilations, of which only the shape of the output takes notice',
    inputs: {dy: {shape: [2, 5, 6, 3]}, filter: {shape: [3, 3, 3, 1]}},
    attrs: {strides: [1, 1], pad: 'valid', dilations: [2, 2], inputShape: [2, 9, 10, 3]},
    tolerance,
  },
];

const refused = (name: string, description: Partial<InputSpec>[], attrs: NamedAttrMap, throws: RegExp): KernelCase => ({
  kernel: 'DepthwiseConv2dNative',
  name,
  inputs: {x: {shape: [2, 6, 6, 3], ...description[0]}, filter: {shape: [3, 3, 3, 2], ...description[1]}},
  attrs: {strides: [1, 1], pad: 'valid', dilations: [1, 1], ...attrs},
  throws,
});

const bad: readonly KernelCase[] = [
  refused('a filter for other channels', [{}, {shape: [3, 3, 2, 2]}], {}, /\[2,6,6,3\] has 3 channels, .*\[3,3,2,2\]/),
  refused('an input of rank 3', [{shape: [6, 6, 3]}], {}, /rank 4, got \[6,6,3\] and \[3,3,3,2\]/),
  refused('a filter that does not fit', [{}, {shape: [9, 9, 3, 1]}], {}, /a filter of 9, .* height of 6 .* fits into/),
  refused('strides and dilations', [], {strides: 2, dilations: 2}, /Either strides or dilations must be 1/),
];

function fused(
  name: string,
  attrs: NamedAttrMap,
  inputs: Record<string, InputSpec>,
  options: Partial<KernelCase> = {},
): KernelCase {
  return {
    kernel: 'FusedDepthwiseConv2D',
    name,
    inputs: {x: {shape: [2, 6, 8, 5]}, filter: {shape: [3, 3, 5, 1]}, ...inputs},
    attrs: {strides: [1, 1], pad: 'same', dataFormat: 'NHWC', dilations: [1, 1], activation: 'linear', ...attrs},
    tolerance,
    ...options,
  };
}

const bias = {shape: [5]};

const fusions: readonly KernelCase[] = [
  fused('a bias', {}, {bias}),
  fused('a bias, stride 2', {strides: [2, 2]}, {bias}),
  fused('a bias for two outputs a channel', {}, {filter: {shape: [3, 3, 5, 2]}, bias: {shape: [10]}}),
  fused('a scalar bias', {}, {bias: {shape: []}}),
  ...['relu', 'relu6', 'elu', 'sigmoid'].flatMap((activation) => [
    fused(activation, {activation}, {}),
    fused(`a bias and ${activation}`, {activation}, {bias}),
  ]),
  fused('leakyrelu', {activation: 'leakyrelu', leakyreluAlpha: 0.3}, {bias}),
  fused('prelu', {activation: 'prelu'}, {bias, preluActivationWeights: {shape: [5]}}),
  fused('prelu of whole images', {activation: 'prelu'}, {preluActivationWeights: {shape: [6, 8, 5]}}),
  fused('an unknown activation', {activation: 'swish'}, {}, {throws: /unknown fused activation 'swish'/}),
];

const timed: CaseOptions = {bench: true, test: false};

export const cases: readonly KernelCase[] = [
  ...swept,
  ...others,
  ...bad,
  ...fusions,
  ...layer('28x28x32, 3x3', {batch: 128, size: 28, channels: 32, filter: 3}, timed),
  ...layer('14x14x64, 3x3', {batch: 128, size: 14, channels: 64, filter: 3}, timed),
  ...layer('14x14x64, 3x3 stride 2', {batch: 128, size: 14, channels: 64, filter: 3, strides: 2}, timed),
  ...layer('7x7x128, 3x3', {batch: 128, size: 7, channels: 128, filter: 3}, timed),
  ...layer('14x14x16 to 32, 5x5', {batch: 128, size: 14, channels: 16, multiplier: 2, filter: 5}, timed),
];
