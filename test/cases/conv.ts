import type {KernelCase, Tolerance} from './types';

/** Sums of terms of both signs: an element's error is that of the terms, whatever is left of them. */
const tolerance: Tolerance = {relative: 2e-6, of: 'output'};

interface Layer {
  batch: number;
  height: number;
  width?: number;
  inChannels: number;
  outChannels: number;
  filter: number | [number, number];
  strides?: number | [number, number];
  dilations?: number | [number, number];
  pad?: 'same' | 'valid' | number | number[][];
  dataFormat?: 'NHWC' | 'NCHW';
}

const pair = (value: number | [number, number]): [number, number] => (Array.isArray(value) ? value : [value, value]);

/** The spatial shape of the output, as tfjs computes it. */
function outSize({height, width = height, filter, strides = 1, dilations = 1, pad = 'same'}: Layer): [number, number] {
  const [stride, dilation, taps] = [pair(strides), pair(dilations), pair(filter)];
  return [height, width].map((size, axis) => {
    if (pad === 'same') return Math.ceil(size / stride[axis]);
    const reach = (taps[axis] - 1) * dilation[axis] + 1;
    const explicit = Array.isArray(pad) ? pad[axis + 1][0] + pad[axis + 1][1] : pad === 'valid' ? 0 : 2 * pad;
    return Math.floor((size + explicit - reach) / stride[axis]) + 1;
  }) as [number, number];
}

/** The convolution, and where tfjs has them (no dilation) its two gradients. */
function layer(name: string, description: Layer, options: Partial<KernelCase> = {}): KernelCase[] {
  const {batch, height, width = height, inChannels, outChannels, filter} = description;
  const {strides = 1, dilations = 1, pad = 'same', dataFormat = 'NHWC'} = description;
  const shape = ([h, w]: [number, number], channels: number) =>
    dataFormat === 'NHWC' ? [batch, h, w, channels] : [batch, channels, h, w];
  const inputShape = shape([height, width], inChannels) as [number, number, number, number];
  const out = outSize(description);
  const dy = {shape: shape(out, outChannels)};
  const filterShape = [...pair(filter), inChannels, outChannels] as [number, number, number, number];
  const attrs = {strides: pair(strides), pad: pad as 'same', dataFormat};
  const flops = 2 * batch * out[0] * out[1] * filterShape.reduce((a, b) => a * b);
  const common = {name, tolerance, flops, ...options};
  const forward: KernelCase = {
    ...common,
    kernel: 'Conv2D',
    inputs: {x: {shape: inputShape}, filter: {shape: filterShape}},
    attrs: {...attrs, dilations: pair(dilations)},
  };
  if (pair(dilations).some((dilation) => dilation !== 1)) return [{...forward, gradient: false}];
  const {gradient: _, ...withoutGradient} = common;
  return [
    forward,
    {
      ...withoutGradient,
      kernel: 'Conv2DBackpropFilter',
      inputs: {x: {shape: inputShape}, dy},
      attrs: {...attrs, filterShape},
    },
    {
      ...withoutGradient,
      kernel: 'Conv2DBackpropInput',
      inputs: {dy, filter: {shape: filterShape}},
      attrs: {...attrs, inputShape},
    },
  ];
}

function fused(
  name: string,
  attrs: object,
  inputs: KernelCase['inputs'],
  options: Partial<KernelCase> = {},
): KernelCase {
  return {
    kernel: 'FusedConv2D',
    name,
    inputs: {x: {shape: [2, 6, 5, 3]}, filter: {shape: [3, 3, 3, 5]}, ...inputs},
    attrs: {strides: [1, 1], pad: 'same', dataFormat: 'NHWC', dilations: [1, 1], activation: 'linear', ...attrs},
    tolerance,
    ...options,
  };
}

/** What minimal filtering computes, which rounds more coarsely. */
function minimal(name: string, description: Layer): KernelCase[] {
  return layer(`minimal filtering, ${name}`, description, {tolerance: {relative: 2e-5, of: 'output'}});
}

const channels = [1, 2, 3, 4, 5, 6, 7, 8, 9, 13];

export const cases: readonly KernelCase[] = [
  ...channels.flatMap((n) => [
    ...layer(`${n} input channels`, {batch: 2, height: 6, inChannels: n, outChannels: 5, filter: 3}),
    ...layer(`${n} output channels`, {batch: 2, height: 6, inChannels: 3, outChannels: n, filter: 3}),
    ...layer(`one channel to ${n}`, {batch: 2, height: 9, inChannels: 1, outChannels: n, filter: 3, pad: 'valid'}),
    ...layer(`width ${n}`, {batch: 2, height: 4, width: n, inChannels: 1, outChannels: 3, filter: 3}),
    ...layer(`width ${n}, 5 channels`, {batch: 2, height: 4, width: n, inChannels: 5, outChannels: 3, filter: 3}),
  ]),
  ...layer('small', {batch: 1, height: 4, width: 3, inChannels: 2, outChannels: 3, filter: 2}, {gradient: true}),
  ...layer('1x1 filter', {batch: 3, height: 5, inChannels: 7, outChannels: 9, filter: 1}),
  ...layer('1x1 filter, stride 2', {batch: 3, height: 5, inChannels: 7, outChannels: 9, filter: 1, strides: 2}),
  ...layer('1x1 filter, padded below and on the right', {
    batch: 2,
    height: 3,
    width: 4,
    inChannels: 5,
    outChannels: 6,
    filter: 1,
    pad: [
      [0, 0],
      [0, 1],
      [0, 2],
      [0, 0],
    ],
  }),
  ...layer('1x1 image', {batch: 3, height: 1, inChannels: 4, outChannels: 6, filter: 3}),
  ...layer('filter as large as the image', {
    batch: 2,
    height: 5,
    inChannels: 4,
    outChannels: 6,
    filter: 5,
    pad: 'valid',
  }),
  ...layer('filter larger than the image', {batch: 2, height: 3, inChannels: 4, outChannels: 6, filter: 5}),
  ...layer('even filter', {batch: 2, height: 7, inChannels: 4, outChannels: 6, filter: [2, 4]}),
  ...layer('stride 2 same', {batch: 2, height: 7, inChannels: 5, outChannels: 6, filter: 3, strides: 2}),
  ...layer('stride 2 same, even', {batch: 2, height: 8, inChannels: 5, outChannels: 6, filter: 3, strides: 2}),
  ...layer('stride 2 valid', {batch: 2, height: 8, inChannels: 5, outChannels: 6, filter: 3, strides: 2, pad: 'valid'}),
  ...layer('stride 2, one channel', {batch: 2, height: 9, inChannels: 1, outChannels: 6, filter: 5, strides: 2}),
  ...layer('strides 1 and 3', {batch: 2, height: 8, inChannels: 5, outChannels: 6, filter: 3, strides: [1, 3]}),
  ...layer('strides 3 and 1', {batch: 2, height: 8, inChannels: 5, outChannels: 6, filter: 3, strides: [3, 1]}),
  ...layer('strides 3 and 1, one channel', {
    batch: 2,
    height: 8,
    inChannels: 1,
    outChannels: 6,
    filter: 3,
    strides: [3, 1],
  }),
  ...layer(
    'stride larger than the filter',
    {batch: 2, height: 9, inChannels: 3, outChannels: 4, filter: 2, strides: 3},
    {tfjsWasm: {skip: 'XNNPACK refuses it, and the result is left unwritten'}},
  ),
  ...layer('dilation 2', {batch: 2, height: 9, inChannels: 5, outChannels: 6, filter: 3, dilations: 2}),
  ...layer('dilations 1 and 2', {batch: 2, height: 9, inChannels: 5, outChannels: 6, filter: 3, dilations: [1, 2]}),
  ...layer('dilations 2 and 1, valid', {
    batch: 2,
    height: 9,
    inChannels: 5,
    outChannels: 6,
    filter: 3,
    dilations: [2, 1],
    pad: 'valid',
  }),
  ...layer('dilation 3, one channel', {batch: 2, height: 9, inChannels: 1, outChannels: 6, filter: 3, dilations: 3}),
  ...layer('dilation 2, many channels', {batch: 1, height: 7, inChannels: 17, outChannels: 9, filter: 3, dilations: 2}),
  ...layer('padding of 2', {batch: 2, height: 6, inChannels: 3, outChannels: 4, filter: 3, pad: 2}),
  ...layer('padding larger than the filter', {batch: 2, height: 5, inChannels: 3, outChannels: 4, filter: 2, pad: 3}),
  ...layer('explicit padding', {
    batch: 2,
    height: 6,
    inChannels: 3,
    outChannels: 4,
    filter: 3,
    pad: [
      [0, 0],
      [2, 1],
      [0, 3],
      [0, 0],
    ],
  }),
  ...layer('NCHW', {batch: 2, height: 6, width: 5, inChannels: 3, outChannels: 4, filter: 3, dataFormat: 'NCHW'}),
  ...layer('NCHW, stride 2', {
    batch: 2,
    height: 6,
    width: 5,
    inChannels: 3,
    outChannels: 4,
    filter: 3,
    strides: 2,
    dataFormat: 'NCHW',
  }),
  ...layer('no images', {batch: 0, height: 6, inChannels: 3, outChannels: 4, filter: 3}),
  ...layer('groups of images, the last one smaller', {batch: 7, height: 7, inChannels: 8, outChannels: 9, filter: 3}),
  ...layer('an image of more pixels than a group', {batch: 2, height: 17, inChannels: 6, outChannels: 16, filter: 5}),
  ...channels.flatMap((n) => [
    ...layer(`${n} input channels, side by side`, {batch: 8, height: 6, inChannels: n, outChannels: 5, filter: 3}),
    ...layer(`${n} output channels, side by side`, {batch: 7, height: 5, inChannels: 2, outChannels: n, filter: 3}),
  ]),
  ...layer('side by side, valid', {batch: 11, height: 9, inChannels: 6, outChannels: 16, filter: 5, pad: 'valid'}),
  ...layer('side by side, stride 2', {batch: 8, height: 9, inChannels: 1, outChannels: 6, filter: 5, strides: 2}),
  ...layer('side by side, columns that no patch covers', {
    batch: 7,
    height: 8,
    width: 9,
    inChannels: 2,
    outChannels: 4,
    filter: [3, 2],
    strides: [1, 3],
    pad: [
      [0, 0],
      [1, 1],
      [1, 0],
      [0, 0],
    ],
  }),
  ...layer('side by side, one column', {batch: 7, height: 6, width: 1, inChannels: 3, outChannels: 5, filter: 3}),
  ...layer('side by side, padding of 3', {batch: 6, height: 4, inChannels: 1, outChannels: 4, filter: 5, pad: 3}),
  ...layer('side by side, dilation', {
    batch: 6,
    height: 9,
    inChannels: 2,
    outChannels: 6,
    filter: 3,
    dilations: [2, 1],
  }),
  ...minimal('3x3 same', {batch: 4, height: 14, inChannels: 16, outChannels: 32, filter: 3}),
  ...minimal('3x3 valid', {batch: 2, height: 18, inChannels: 24, outChannels: 16, filter: 3, pad: 'valid'}),
  ...minimal('channels that fill no vector', {
    batch: 9,
    height: 7,
    width: 6,
    inChannels: 17,
    outChannels: 19,
    filter: 3,
  }),
  ...minimal('tiles that hang over', {batch: 5, height: 9, width: 13, inChannels: 18, outChannels: 22, filter: 3}),
  ...[9, 10, 11, 12].flatMap((height) =>
    [9, 10, 11, 12].flatMap((width) =>
      minimal(`${height}x${width}`, {batch: 4, height, width, inChannels: 16, outChannels: 18, filter: 3}),
    ),
  ),
  ...minimal('5x5, odd and even', {batch: 3, height: 11, width: 8, inChannels: 16, outChannels: 16, filter: 5}),
  ...minimal('images of single tiles', {batch: 40, height: 3, width: 2, inChannels: 16, outChannels: 16, filter: 3}),
  ...minimal('5x5 same', {batch: 2, height: 9, inChannels: 20, outChannels: 16, filter: 5}),
  ...minimal('5x5 valid', {batch: 2, height: 12, width: 11, inChannels: 16, outChannels: 21, filter: 5, pad: 'valid'}),
  ...minimal('explicit padding', {
    batch: 3,
    height: 11,
    inChannels: 16,
    outChannels: 16,
    filter: 3,
    pad: [
      [0, 0],
      [2, 0],
      [1, 3],
      [0, 0],
    ],
  }),
  ...minimal('NCHW', {batch: 4, height: 10, inChannels: 16, outChannels: 18, filter: 3, dataFormat: 'NCHW'}),
  ...minimal('many blocks of tiles', {batch: 24, height: 16, inChannels: 16, outChannels: 16, filter: 3}),
  {
    kernel: 'Conv2D',
    name: 'special values reach only the pixels that read them',
    inputs: {
      x: {shape: [1, 4, 4, 2], values: [Number.NaN, 1, Number.POSITIVE_INFINITY, -0, ...Array(28).fill(0.5)]},
      filter: {shape: [2, 2, 2, 3]},
    },
    attrs: {strides: [1, 1], pad: 'valid', dataFormat: 'NHWC', dilations: [1, 1]},
    tolerance,
  },
  ...(['NHWC', 'NCHW'] as const).map((dataFormat) => ({
    kernel: 'Conv2D',
    name: `gradient of a size that is rounded up, ${dataFormat}`,
    inputs: {x: {shape: dataFormat === 'NHWC' ? [1, 6, 5, 2] : [1, 2, 6, 5]}, filter: {shape: [3, 2, 2, 3]}},
    attrs: {strides: [2, 3], pad: 0, dataFormat, dilations: [1, 1], dimRoundingMode: 'ceil'},
    tolerance,
    gradient: true,
    tfjsWasm: {skip: 'it reads behind the image'},
  })),
  ...[
    -1,
    ...[
      [-1, 2, 1, 0],
      [1, -1, -2, 2],
      [-3, 3, -2, 2],
    ].map(([top, bottom, left, right]) => [
      [0, 0],
      [top, bottom],
      [left, right],
      [0, 0],
    ]),
  ].map((pad) => ({
    kernel: 'Conv2D',
    name: `gradient of a negative padding ${JSON.stringify(pad)}`,
    inputs: {x: {shape: [1, 6, 5, 2]}, filter: {shape: [2, 2, 2, 3]}},
    attrs: {strides: [1, 1], pad, dataFormat: 'NHWC', dilations: [1, 1]},
    tolerance,
    gradient: true,
    tfjsWasm: {skip: 'it reads before the image'},
  })),
  {
    kernel: 'Conv2DBackpropInput',
    name: 'a gradient larger than the output, of which the first rows and columns count',
    inputs: {dy: {shape: [2, 8, 7, 3]}, filter: {shape: [3, 3, 4, 3]}},
    attrs: {strides: [1, 1], pad: 'same', dataFormat: 'NHWC', inputShape: [2, 5, 4, 4]},
    tolerance,
  },
  fused('a bias', {}, {bias: {shape: [5]}}),
  fused('a scalar bias', {}, {bias: {shape: []}}),
  ...['relu', 'relu6', 'elu', 'sigmoid'].flatMap((activation) => [
    fused(activation, {activation}, {}),
    fused(`a bias and ${activation}`, {activation}, {bias: {shape: [5]}}),
  ]),
  fused('leakyrelu', {activation: 'leakyrelu', leakyreluAlpha: 0.3}, {bias: {shape: [5]}}),
  fused('prelu', {activation: 'prelu'}, {bias: {shape: [5]}, preluActivationWeights: {shape: [5]}}),
  fused('NCHW with a bias', {dataFormat: 'NCHW'}, {x: {shape: [2, 3, 6, 5]}, bias: {shape: [5]}}),
  fused(
    'NCHW with a bias and prelu',
    {dataFormat: 'NCHW', activation: 'prelu'},
    {x: {shape: [2, 3, 6, 5]}, bias: {shape: [5]}, preluActivationWeights: {shape: [5]}},
  ),
];
