import {backend_util, type NamedAttrMap} from '@tensorflow/tfjs-core';
import {tails} from './sweeps';
import type {InputSpec, KernelCase, Tolerance} from './types';

/** The CPU backend adds gradients up in double. */
const tolerance: Tolerance = {relative: 1e-6, of: 'output'};

interface Dilation {
  strides?: number | [number, number];
  dilations?: number | [number, number];
  pad?: 'valid' | 'same' | number;
}

interface Values {
  x?: InputSpec['values'];
  filter?: InputSpec['values'];
}

/** Whether it shows depends on the values of each window. */
const fromPositive: Partial<KernelCase> = {
  tfjsWasm: {skip: 'it searches for the largest sum from the smallest positive float32 on, not from below'},
};

/** The dilation of x by a filter of the given height and width, and its two gradients. */
function dilation(
  name: string,
  x: [number, number, number, number],
  [height, width]: [number, number],
  {strides = 1, dilations = 1, pad = 'same'}: Dilation = {},
  values: Values = {},
  options: Partial<KernelCase> = {},
): KernelCase[] {
  const filter: [number, number, number] = [height, width, x[3]];
  const attrs: NamedAttrMap = {strides, dilations, pad};
  const {outShape} = backend_util.computeDilation2DInfo(x, filter, strides, pad, 'NHWC', dilations);
  const inputs = {x: {shape: x, values: values.x}, filter: {shape: filter, values: values.filter}};
  const {gradient: _, ...withoutGradient} = options;
  const theirs = values.x === 'positive' && values.filter === 'positive' ? {} : fromPositive;
  const backprop = {...theirs, ...withoutGradient, name, inputs: {...inputs, dy: {shape: outShape}}, attrs, tolerance};
  return [
    {...theirs, ...options, kernel: 'Dilation2D', name, inputs, attrs},
    {...backprop, kernel: 'Dilation2DBackpropFilter'},
    {...backprop, kernel: 'Dilation2DBackpropInput'},
  ];
}

/** Small integers: the first of equal sums gets the gradient. */
const tied = (size: number) => Array.from({length: size}, (_, i) => (i * 7 + (i >> 3)) % 3);

const windows: readonly KernelCase[] = [
  ...tails.flatMap((n) => dilation(`${n} channels`, [2, 4, 5, n], [3, 2])),
  ...dilation('stride 2', [2, 7, 8, 5], [3, 3], {strides: 2}),
  ...dilation('strides 1 and 3, valid', [2, 7, 8, 5], [2, 3], {strides: [1, 3], pad: 'valid'}),
  ...dilation('dilation 2', [2, 7, 8, 5], [3, 3], {dilations: 2}),
  ...dilation('strides 2 and 1, dilations 1 and 3', [2, 7, 9, 5], [3, 3], {strides: [2, 1], dilations: [1, 3]}),
  ...dilation('padding of 1', [2, 6, 6, 5], [3, 3], {pad: 1}),
  ...dilation('filter larger than the image', [2, 3, 2, 5], [5, 4]),
  ...dilation('1x1 filter', [2, 3, 4, 5], [1, 1]),
  ...dilation('windows with the image between their taps', [2, 2, 3, 5], [2, 2], {dilations: 4}),
  ...dilation('positive values', [2, 7, 8, 5], [3, 3], {strides: 2}, {x: 'positive', filter: 'positive'}),
  ...dilation('ties', [2, 6, 6, 3], [3, 3], {}, {x: tied(216), filter: tied(27)}),
  ...dilation('no images', [0, 6, 6, 3], [3, 3]),
  ...dilation('no channels', [2, 6, 6, 0], [3, 3]),
  // Windows below and right of the image, of whose gradient the CPU backend cannot tell where it goes.
  ...dilation('windows outside of the image', [1, 3, 4, 5], [2, 2], {pad: 3}).filter(
    ({kernel}) => kernel !== 'Dilation2DBackpropInput',
  ),
  ...dilation('special values', [2, 5, 6, 7], [2, 3], {}, {x: 'special', filter: 'special'}),
  ...dilation('sums that differ in double', [1, 1, 2, 1], [1, 2], {}, {x: [16777216, 16777216], filter: [0.25, 0.5]}),
  ...dilation(
    'gradient',
    [1, 4, 4, 2],
    [2, 3],
    {strides: [1, 2], dilations: [2, 1]},
    {x: 'distinct', filter: Array.from({length: 12}, (_, i) => 0.008 * ((i * 5) % 12))},
    {gradient: true},
  ),
  ...dilation('56x56x32, 3x3', [4, 56, 56, 32], [3, 3], {}, {}, {bench: true, test: false}),
];

function refused(kernel: string, inputs: Record<string, InputSpec>, throws: RegExp, pad = 'same'): KernelCase {
  const name = Object.values(inputs)
    .map(({shape}) => `[${shape}]`)
    .join(' ');
  return {kernel, name, inputs, attrs: {strides: 1, dilations: 1, pad}, throws};
}

const x = {shape: [1, 4, 4, 3]};
const filter = {shape: [2, 2, 3]};

export const cases: readonly KernelCase[] = [
  ...windows,
  refused('Dilation2D', {x, filter: {shape: [2, 2, 4]}}, /equal depths, got \[1,4,4,3\], \[2,2,4\]/),
  refused('Dilation2D', {x, filter: {shape: [6, 6, 3]}}, /a filter of 6, .* height of 4 .* fits into/, 'valid'),
  refused('Dilation2DBackpropInput', {x, filter, dy: {shape: [4, 4, 3]}}, /same rank as output 4, but got 3/),
  refused(
    'Dilation2DBackpropFilter',
    {x, filter, dy: {shape: [1, 4, 3, 3]}},
    /output, \[1,4,4,3\], but got \[1,4,3,3\]/,
  ),
];
