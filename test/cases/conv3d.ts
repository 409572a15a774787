import {backend_util} from '@tensorflow/tfjs-core';
import type {KernelCase, Tolerance} from './types';

type Triple = [number, number, number];
type Shape5D = [number, number, number, number, number];

/** Sums of terms of both signs: an element's error is that of the terms, whatever is left of them. */
const tolerance: Tolerance = {relative: 2e-6, of: 'output'};

interface Layer {
  batch: number;
  /** Depth, height, width. */
  size: Triple;
  inChannels: number;
  outChannels: number;
  filter: number | Triple;
  strides?: number | Triple;
  dilations?: number | Triple;
  pad?: 'same' | 'valid' | number;
}

const triple = (value: number | Triple): Triple => (Array.isArray(value) ? value : [value, value, value]);

const strided: Partial<KernelCase> = {tfjsWasm: {skip: 'it gives wrong gradients for strides other than 1'}};
const wrong: Partial<KernelCase> = {tfjsWasm: {skip: 'it gives wrong gradients, even for a filter of 1x1x1'}};

/** The convolution, and where tfjs has them (no dilation) its two gradients. */
function layer(name: string, description: Layer, options: Partial<KernelCase> = {}): KernelCase[] {
  const {batch, size, inChannels, outChannels, filter, strides = 1, dilations = 1, pad = 'same'} = description;
  const inputShape: Shape5D = [batch, ...size, inChannels];
  const filterShape: Shape5D = [...triple(filter), inChannels, outChannels];
  const {outShape} = backend_util.computeConv3DInfo(inputShape, filterShape, strides, dilations, pad as 'same');
  const attrs = {strides, pad: pad as 'same'};
  const flops = 2 * outShape.slice(0, 4).reduce((a, b) => a * b) * filterShape.reduce((a, b) => a * b);
  const forward: KernelCase = {
    kernel: 'Conv3D',
    name,
    inputs: {x: {shape: inputShape}, filter: {shape: filterShape}},
    attrs: {...attrs, dilations, dataFormat: 'NDHWC'},
    tolerance,
    flops,
    ...options,
  };
  if (triple(dilations).some((dilation) => dilation !== 1)) return [forward];
  const {gradient: _, ...backward} = {...forward};
  const dy = {shape: outShape};
  return [
    forward,
    {
      ...backward,
      kernel: 'Conv3DBackpropFilterV2',
      inputs: {x: {shape: inputShape}, dy},
      attrs: {...attrs, filterShape},
      ...(triple(strides).some((stride) => stride !== 1) ? strided : {}),
    },
    {
      ...backward,
      kernel: 'Conv3DBackpropInputV2',
      inputs: {dy, filter: {shape: filterShape}},
      attrs: {...attrs, inputShape},
      ...wrong,
    },
  ];
}

const size: Triple = [3, 4, 5];
const channels = [1, 2, 3, 4, 5, 6, 7, 8, 9, 13];
const timed = {bench: true, test: false};

export const cases: readonly KernelCase[] = [
  ...channels.flatMap((n) => [
    ...layer(`${n} input channels`, {batch: 2, size, inChannels: n, outChannels: 5, filter: 3}),
    ...layer(`${n} output channels`, {batch: 2, size, inChannels: 3, outChannels: n, filter: 2}),
    ...layer(`width ${n}`, {batch: 1, size: [2, 3, n], inChannels: 2, outChannels: 3, filter: 3}),
  ]),
  ...layer('1x1x1 filter', {batch: 2, size, inChannels: 7, outChannels: 9, filter: 1}),
  ...layer('1x1x1 volume', {batch: 3, size: [1, 1, 1], inChannels: 4, outChannels: 6, filter: 3}),
  ...layer('filter of three sizes', {batch: 2, size: [4, 5, 6], inChannels: 3, outChannels: 4, filter: [1, 2, 4]}),
  ...layer('filter as large as the volume', {
    batch: 2,
    size,
    inChannels: 3,
    outChannels: 6,
    filter: size,
    pad: 'valid',
  }),
  ...layer('filter larger than the volume', {batch: 2, size: [2, 2, 3], inChannels: 3, outChannels: 4, filter: 5}),
  ...layer('stride 2 same', {batch: 2, size: [5, 6, 7], inChannels: 3, outChannels: 4, filter: 3, strides: 2}),
  ...layer('stride 2 valid', {
    batch: 2,
    size: [5, 6, 7],
    inChannels: 3,
    outChannels: 4,
    filter: 3,
    strides: 2,
    pad: 'valid',
  }),
  ...layer('strides of three sizes', {
    batch: 2,
    size: [5, 6, 7],
    inChannels: 3,
    outChannels: 4,
    filter: 3,
    strides: [1, 2, 3],
  }),
  // tfjs gives such windows a negative padding: they begin inside of the volume.
  ...layer('stride larger than the filter, same', {
    batch: 2,
    size: [5, 5, 8],
    inChannels: 3,
    outChannels: 4,
    filter: 1,
    strides: [3, 2, 4],
  }),
  ...layer('stride larger than the filter, valid', {
    batch: 1,
    size: [7, 5, 6],
    inChannels: 2,
    outChannels: 4,
    filter: 2,
    strides: 3,
    pad: 'valid',
  }),
  ...layer('padding of 2', {batch: 2, size, inChannels: 3, outChannels: 4, filter: 3, pad: 2}),
  ...layer('padding larger than the filter', {batch: 1, size, inChannels: 3, outChannels: 4, filter: 2, pad: 3}),
  ...layer('dilation 2', {batch: 2, size: [5, 6, 7], inChannels: 3, outChannels: 4, filter: 3, dilations: 2}),
  ...layer('dilations of three sizes, valid', {
    batch: 2,
    size: [5, 7, 8],
    inChannels: 5,
    outChannels: 4,
    filter: 3,
    dilations: [1, 2, 3],
    pad: 'valid',
  }),
  ...layer('dilations of planes and rows alone', {
    batch: 1,
    size: [5, 7, 8],
    inChannels: 3,
    outChannels: 4,
    filter: 2,
    dilations: [3, 2, 1],
  }),
  ...layer('more pixels than a block of patches', {
    batch: 2,
    size: [9, 10, 15],
    inChannels: 6,
    outChannels: 9,
    filter: [2, 3, 3],
  }),
  ...layer('more products than a block of them', {
    batch: 1,
    size: [3, 3, 3],
    inChannels: 41,
    outChannels: 11,
    filter: 3,
  }),
  ...layer('no volumes', {batch: 0, size, inChannels: 3, outChannels: 4, filter: 3}),
  ...layer('no input channels', {batch: 1, size, inChannels: 0, outChannels: 4, filter: 3}),
  ...layer('no output channels', {batch: 1, size, inChannels: 3, outChannels: 0, filter: 3}),
  ...layer('nothing but padding', {batch: 1, size: [0, 4, 5], inChannels: 3, outChannels: 4, filter: 2, pad: 1}),
  ...layer('no output', {batch: 1, size, inChannels: 3, outChannels: 4, filter: 4, pad: 'valid'}),
  ...layer('gradient', {batch: 1, size: [2, 3, 3], inChannels: 2, outChannels: 2, filter: [2, 2, 3]}, {gradient: true}),
  ...layer(
    'gradient, stride 2',
    {batch: 1, size: [3, 4, 3], inChannels: 2, outChannels: 2, filter: 2, strides: 2, pad: 'valid'},
    {gradient: true},
  ),
  {
    kernel: 'Conv3D',
    name: 'special values reach only the pixels that read them',
    inputs: {
      x: {shape: [1, 2, 3, 3, 2], values: [Number.NaN, 1, Number.POSITIVE_INFINITY, -0, ...Array(32).fill(0.5)]},
      filter: {shape: [2, 2, 2, 2, 3]},
    },
    attrs: {strides: 1, pad: 'same', dataFormat: 'NDHWC', dilations: 1},
    tolerance,
  },
  {
    kernel: 'Conv3D',
    name: 'int32',
    inputs: {x: {shape: [1, 2, 3, 3, 2], dtype: 'int32'}, filter: {shape: [2, 2, 2, 2, 3], dtype: 'int32'}},
    attrs: {strides: 1, pad: 'same', dataFormat: 'NDHWC', dilations: 1},
    tfjsWasm: {skip: 'it reads the int32 values as float32'},
  },
  {
    kernel: 'Conv3DBackpropInputV2',
    name: 'a gradient larger than the output, of which the first planes, rows and columns count',
    inputs: {dy: {shape: [1, 4, 5, 6, 3]}, filter: {shape: [2, 2, 2, 2, 3]}},
    attrs: {strides: 1, pad: 'valid', inputShape: [1, 4, 5, 5, 2]},
    tolerance,
    ...wrong,
  },
  {
    kernel: 'Conv3DBackpropInputV2',
    name: 'a gradient smaller than the output',
    inputs: {dy: {shape: [1, 2, 4, 4, 3]}, filter: {shape: [2, 2, 2, 2, 3]}},
    attrs: {strides: 1, pad: 'valid', inputShape: [1, 4, 5, 5, 2]},
    throws: /begin\[1\] \+ size\[1\] \(3\) would overflow input\.shape\[1\] \(2\)/,
  },
  {
    kernel: 'Conv3D',
    name: 'other input channels than the filter',
    inputs: {x: {shape: [1, 2, 3, 3, 2]}, filter: {shape: [2, 2, 2, 4, 3]}},
    attrs: {strides: 1, pad: 'same', dataFormat: 'NDHWC', dilations: 1},
    throws: /input of shape \[1,2,3,3,2\] and a filter of shape \[2,2,2,4,3\], expected/,
  },
  {
    kernel: 'Conv3D',
    name: 'explicit padding, which tfjs has not for 3D',
    inputs: {x: {shape: [1, 2, 3, 3, 2]}, filter: {shape: [2, 2, 2, 2, 3]}},
    attrs: {strides: 1, pad: [[0, 0]], dataFormat: 'NDHWC', dilations: 1},
    throws: /Unknown padding parameter/,
  },
  ...layer('16³ of 32 channels', {batch: 4, size: [16, 16, 16], inChannels: 32, outChannels: 32, filter: 3}, timed),
  ...layer('32³ of one channel', {batch: 2, size: [32, 32, 32], inChannels: 1, outChannels: 16, filter: 3}, timed),
  ...layer(
    '16 frames of 28² of 16 channels, stride 2',
    {batch: 2, size: [16, 28, 28], inChannels: 16, outChannels: 32, filter: 3, strides: 2},
    timed,
  ),
  ...layer('8³ of 256 channels', {batch: 1, size: [8, 8, 8], inChannels: 256, outChannels: 256, filter: 3}, timed),
];
