import * as tf from '@tensorflow/tfjs-core';
import {type DifferentiableCase, differentiable, type Options} from './types';

type Pad = 'same' | 'valid' | number | [[number, number], [number, number], [number, number], [number, number]];
type Rounding = 'floor' | 'round' | 'ceil';

const explicit: Pad = [
  [0, 0],
  [1, 2],
  [0, 1],
  [0, 0],
];
const cropping: Pad = [
  [0, 0],
  [-1, 1],
  [1, -1],
  [0, 0],
];

const toNCHW = (pad: Pad): Pad => (Array.isArray(pad) ? [pad[0], pad[3], pad[1], pad[2]] : pad);

interface Conv {
  name: string;
  /** Height and width. */
  size?: readonly [number, number];
  window?: readonly [number, number];
  strides?: number | [number, number];
  pad: Pad;
  rounding?: Rounding;
  dilations?: number | [number, number];
  options?: Options;
}

const dilated = (of: string): Options => ({missing: `Error in gradient of ${of}: dilation rates`});

/**
 * Sizes and strides such that what is rounded is: by [6, 5], a window of 3 x 2, no padding and strides of [2, 2], [1.5, 1.5];
 * by strides of [3, 2], [1, 1.5].
 */
const convolutions: readonly Conv[] = [
  {name: 'same', pad: 'same'},
  {name: 'same, strides 2', pad: 'same', strides: 2},
  {name: 'same, strides [1, 2]', pad: 'same', strides: [1, 2]},
  {name: 'valid', pad: 'valid'},
  {name: 'valid, strides [2, 1]', pad: 'valid', strides: [2, 1]},
  {name: 'valid, strides 3, rows that no window has', pad: 'valid', strides: 3, size: [6, 5]},
  {name: 'pad 1', pad: 1},
  {name: 'pad 2, strides 2', pad: 2, strides: 2},
  {name: 'explicit padding', pad: explicit},
  {name: 'explicit padding, strides 2', pad: explicit, strides: 2},
  {name: 'window 1 x 1', pad: 'valid', window: [1, 1]},
  {name: 'window 1 x 1, strides 2', pad: 'same', window: [1, 1], strides: 2},
  {name: 'floor', pad: 0, strides: 2, size: [6, 5], rounding: 'floor'},
  {name: 'ceil', pad: 0, strides: 2, size: [6, 5], rounding: 'ceil'},
  {name: 'round, both up', pad: 0, strides: 2, size: [6, 5], rounding: 'round'},
  {name: 'round, one up and one down', pad: 0, strides: [3, 2], size: [7, 5], rounding: 'round'},
  {name: 'ceil, pad 1', pad: 1, strides: 3, size: [5, 6], rounding: 'ceil'},
];

const dilations: readonly Conv[] = [
  {name: 'dilations 2', pad: 'same', dilations: 2},
  {name: 'dilations [1, 2]', pad: 'valid', dilations: [1, 2]},
];

const ofFilter: Options = {second: {missing: 'gradient function not found for Conv2DBackpropFilter'}};

function conv2d({name, size = [4, 5], window = [3, 2], strides = 1, pad, rounding, dilations, options}: Conv) {
  const input = [2, ...size, 2];
  return [
    differentiable(
      'conv2d',
      name,
      [input, [...window, 2, 3]],
      (x: tf.Tensor4D, w: tf.Tensor4D) => tf.conv2d(x, w, strides, pad, 'NHWC', dilations, rounding),
      {...ofFilter, ...options},
    ),
    differentiable(
      'conv2d',
      `${name}, NCHW`,
      [
        [2, 2, ...size],
        [...window, 2, 3],
      ],
      (x: tf.Tensor4D, w: tf.Tensor4D) => tf.conv2d(x, w, strides, toNCHW(pad), 'NCHW', dilations, rounding),
      {...ofFilter, ...options},
    ),
  ];
}

/** By its input alone, so that there are derivatives of its gradient. */
function conv2dOfInput({name, size = [4, 5], window = [3, 2], strides = 1, pad, rounding}: Conv) {
  return differentiable('conv2d', `${name}, squared, by its input`, [[1, ...size, 1]], (x: tf.Tensor4D) => {
    const w = tf.reshape(tf.linspace(-1, 1.5, window[0] * window[1] * 2), [...window, 1, 2]) as tf.Tensor4D;
    return tf.square(tf.conv2d(x, w, strides, pad, 'NHWC', 1, rounding));
  });
}

/** The same images as NCHW. */
function depthwiseNCHW({name, size = [4, 5], window = [3, 2], strides = 1, pad, rounding}: Conv) {
  return differentiable(
    'depthwiseConv2d',
    `${name}, NCHW`,
    [
      [2, 2, ...size],
      [...window, 2, 2],
    ],
    (x: tf.Tensor4D, w: tf.Tensor4D) => tf.depthwiseConv2d(x, w, strides, toNCHW(pad), 'NCHW', 1, rounding),
    {
      wrong: 'images are taken for NHWC',
      second: {missing: 'gradient function not found for DepthwiseConv2dNativeBackprop'},
    },
  );
}

function depthwise({name, size = [4, 5], window = [3, 2], strides = 1, pad, rounding, dilations, options}: Conv) {
  return differentiable(
    'depthwiseConv2d',
    name,
    [
      [2, ...size, 2],
      [...window, 2, 2],
    ],
    (x: tf.Tensor4D, w: tf.Tensor4D) => tf.depthwiseConv2d(x, w, strides, pad, 'NHWC', dilations, rounding),
    {second: {missing: 'gradient function not found for DepthwiseConv2dNativeBackprop'}, ...options},
  );
}

export const cases: readonly DifferentiableCase[] = [
  ...convolutions.flatMap(conv2d),
  ...conv2d({name: 'padding that crops', pad: cropping}),
  ...dilations.flatMap((c) => conv2d({...c, options: dilated('conv2D')})),
  ...convolutions.slice(0, 4).map(conv2dOfInput),
  ...convolutions.map(depthwise),
  ...convolutions.map(depthwiseNCHW),
  ...dilations.map((c) => depthwise({...c, options: dilated('depthwiseConv2dNative')})),
  differentiable(
    'conv2d',
    'of one image',
    [
      [4, 4, 2],
      [3, 3, 2, 2],
    ],
    (x: tf.Tensor3D, w: tf.Tensor4D) => tf.conv2d(x, w, 1, 'same'),
    ofFilter,
  ),
  differentiable(
    'depthwiseConv2d',
    'of one image',
    [
      [4, 4, 2],
      [3, 3, 2, 2],
    ],
    (x: tf.Tensor3D, w: tf.Tensor4D) => tf.depthwiseConv2d(x, w, 1, 'same'),
    {second: {missing: 'gradient function not found for DepthwiseConv2dNativeBackprop'}},
  ),
  ...(['same', 'valid'] as const).map((pad) =>
    differentiable(
      'conv1d',
      `pad ${pad}, stride 2`,
      [
        [2, 7, 2],
        [3, 2, 3],
      ],
      (x: tf.Tensor3D, w: tf.Tensor3D) => tf.conv1d(x, w, 2, pad),
      ofFilter,
    ),
  ),
  differentiable(
    'conv1d',
    'ceil',
    [
      [2, 6, 2],
      [3, 2, 3],
    ],
    (x: tf.Tensor3D, w: tf.Tensor3D) => tf.conv1d(x, w, 2, 0, 'NWC', 1, 'ceil'),
    ofFilter,
  ),
  differentiable(
    'conv1d',
    'dilation 2',
    [
      [2, 7, 2],
      [3, 2, 3],
    ],
    (x: tf.Tensor3D, w: tf.Tensor3D) => tf.conv1d(x, w, 1, 'same', 'NWC', 2),
    dilated('conv2D'),
  ),
  ...(['same', 'valid'] as const).flatMap((pad) =>
    [1, 2].map((strides) =>
      differentiable(
        'separableConv2d',
        `${pad}, strides ${strides}`,
        [
          [1, 4, 5, 2],
          [3, 3, 2, 2],
          [1, 1, 4, 3],
        ],
        (x: tf.Tensor4D, depthwise: tf.Tensor4D, pointwise: tf.Tensor4D) =>
          tf.separableConv2d(x, depthwise, pointwise, strides, pad),
        {second: {missing: 'gradient function not found for DepthwiseConv2dNativeBackprop'}},
      ),
    ),
  ),
];
