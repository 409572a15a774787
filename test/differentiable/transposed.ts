import * as tf from '@tensorflow/tfjs-core';
import {type DifferentiableCase, differentiable, type Options} from './types';

type Pad = 'same' | 'valid' | number | [[number, number], [number, number], [number, number], [number, number]];
type Shape4 = [number, number, number, number];
type Shape5 = [number, number, number, number, number];

interface Transposed {
  name: string;
  input: Shape4;
  window?: readonly [number, number];
  output: Shape4;
  strides: number | [number, number];
  pad: Pad;
  rounding?: 'floor' | 'round' | 'ceil';
}

const transposed: readonly Transposed[] = [
  {name: 'same', input: [2, 3, 4, 3], output: [2, 3, 4, 2], strides: 1, pad: 'same'},
  {name: 'same, strides 2', input: [2, 2, 3, 3], output: [2, 4, 5, 2], strides: 2, pad: 'same'},
  {name: 'valid, strides [2, 1]', input: [1, 2, 3, 3], output: [1, 5, 4, 2], strides: [2, 1], pad: 'valid'},
  {name: 'valid, rows that no window has', input: [1, 2, 2, 3], output: [1, 7, 5, 2], strides: 3, pad: 'valid'},
  {name: 'pad 1', input: [1, 4, 4, 3], output: [1, 4, 4, 2], strides: 1, pad: 1},
  {
    name: 'explicit padding',
    input: [1, 3, 5, 3],
    output: [1, 4, 4, 2],
    strides: [2, 1],
    pad: [
      [0, 0],
      [1, 2],
      [1, 1],
      [0, 0],
    ],
  },
  {name: 'ceil', input: [1, 3, 2, 3], output: [1, 6, 5, 2], strides: 2, pad: 0, rounding: 'ceil'},
  {
    name: 'round, one up and one down',
    input: [1, 2, 2, 3],
    output: [1, 7, 5, 2],
    strides: [3, 2],
    pad: 0,
    rounding: 'round',
  },
];

const ofFilter: Options = {second: {missing: 'gradient function not found for Conv2DBackpropFilter'}};

type Triple = [number, number, number];

interface Conv3D {
  name: string;
  size?: Triple;
  window?: Triple;
  strides?: number | Triple;
  pad: 'same' | 'valid';
}

const volumes: readonly Conv3D[] = [
  {name: 'same', pad: 'same'},
  {name: 'same, strides 2', pad: 'same', strides: 2},
  {name: 'same, strides [1, 2, 1]', pad: 'same', strides: [1, 2, 1]},
  {name: 'valid', pad: 'valid'},
  {name: 'valid, strides [1, 2, 2]', pad: 'valid', strides: [1, 2, 2], size: [2, 4, 3]},
  {name: 'window 1 x 1 x 1', pad: 'valid', window: [1, 1, 1]},
];

export const cases: readonly DifferentiableCase[] = [
  ...transposed.map(({name, input, window = [3, 2], output, strides, pad, rounding}) =>
    differentiable(
      'conv2dTranspose',
      name,
      [input, [...window, 2, 3]],
      (x: tf.Tensor4D, w: tf.Tensor4D) => tf.conv2dTranspose(x, w, output, strides, pad, rounding),
      ofFilter,
    ),
  ),
  ...volumes.map(({name, size = [2, 3, 3], window = [2, 2, 2], strides = 1, pad}) =>
    differentiable(
      'conv3d',
      name,
      [
        [1, ...size, 2],
        [...window, 2, 2],
      ],
      (x: tf.Tensor5D, w: tf.Tensor5D) => tf.conv3d(x, w, strides, pad),
      {second: {missing: 'gradient function not found for Conv3DBackprop'}},
    ),
  ),
  differentiable(
    'conv3d',
    'of one volume',
    [
      [2, 3, 3, 2],
      [2, 2, 2, 2, 2],
    ],
    (x: tf.Tensor4D, w: tf.Tensor5D) => tf.conv3d(x, w, 1, 'same'),
    {second: {missing: 'gradient function not found for Conv3DBackprop'}},
  ),
  differentiable(
    'conv3d',
    'dilations 2',
    [
      [1, 3, 3, 3, 1],
      [2, 2, 2, 1, 1],
    ],
    (x: tf.Tensor5D, w: tf.Tensor5D) => tf.conv3d(x, w, 1, 'same', 'NDHWC', 2),
    {missing: 'Error in gradient of conv3D: dilation rates'},
  ),
  differentiable(
    'conv3dTranspose',
    'same, strides 2',
    [
      [1, 1, 2, 2, 2],
      [2, 2, 2, 1, 2],
    ],
    (x: tf.Tensor5D, w: tf.Tensor5D) => tf.conv3dTranspose(x, w, [1, 2, 4, 3, 1] as Shape5, 2, 'same'),
    {missing: 'gradient function not found for Conv3DBackpropInputV2'},
  ),
];
