import * as tf from '@tensorflow/tfjs-core';
import {type DifferentiableCase, differentiable, distinct, type Options} from './types';

type Pad = 'same' | 'valid' | number | [[number, number], [number, number], [number, number], [number, number]];
type Rounding = 'floor' | 'round' | 'ceil';
type Pair = [number, number];
type Triple = [number, number, number];

interface Pool {
  name: string;
  size?: Pair;
  window?: number | Pair;
  strides?: number | Pair;
  pad: Pad;
  rounding?: Rounding;
  options?: Options;
}

const dropped: Options = {wrong: 'the rounding of the size is dropped'};

const pools: readonly Pool[] = [
  {name: 'valid', pad: 'valid'},
  {name: 'valid, strides 1', pad: 'valid', strides: 1},
  {name: 'valid, a window 3 x 2, strides [2, 1]', pad: 'valid', window: [3, 2], strides: [2, 1]},
  {name: 'same', pad: 'same'},
  {name: 'same, strides 1', pad: 'same', strides: 1},
  {name: 'same, window 3, strides 2', pad: 'same', window: 3},
  {name: 'pad 1, window 3', pad: 1, window: 3},
  {
    name: 'explicit padding',
    pad: [
      [0, 0],
      [0, 1],
      [1, 1],
      [0, 0],
    ],
    window: 3,
  },
  {name: 'floor', pad: 0, rounding: 'floor', size: [5, 5]},
  {name: 'ceil', pad: 0, rounding: 'ceil', size: [5, 4], options: dropped},
  {name: 'ceil, pad 1', pad: 1, window: 3, strides: 2, rounding: 'ceil', size: [5, 6], options: dropped},
  {name: 'round, both up', pad: 0, rounding: 'round', size: [5, 3], options: dropped},
  {
    name: 'round, one up and one down',
    pad: 0,
    window: [3, 2],
    strides: [3, 2],
    rounding: 'round',
    size: [7, 5],
    options: dropped,
  },
];

const noSecond = (kernel: string): Options => ({second: {missing: `gradient function not found for ${kernel}`}});

function both({name, size = [4, 5], window = 2, strides = 2, pad, rounding, options}: Pool): DifferentiableCase[] {
  return [
    differentiable(
      'maxPool',
      name,
      [distinct(2, ...size, 2)],
      (x: tf.Tensor4D) => tf.maxPool(x, window, strides, pad, rounding),
      {...noSecond('MaxPoolGrad'), ...options},
    ),
    differentiable(
      'avgPool',
      name,
      [[2, ...size, 2]],
      (x: tf.Tensor4D) => tf.avgPool(x, window, strides, pad, rounding),
      {...noSecond('AvgPoolGrad'), ...options},
    ),
  ];
}

interface Pool3D {
  name: string;
  size?: Triple;
  window?: number | Triple;
  strides?: number | Triple;
  pad: 'same' | 'valid' | number;
  rounding?: Rounding;
}

const pools3d: readonly Pool3D[] = [
  {name: 'valid', pad: 'valid'},
  {name: 'valid, a window 1 x 2 x 3, strides 1', pad: 'valid', window: [1, 2, 3], strides: 1},
  {name: 'same', pad: 'same'},
  {name: 'same, window 3, strides [1, 2, 2]', pad: 'same', window: 3, strides: [1, 2, 2]},
  {name: 'pad 1', pad: 1},
  {name: 'floor', pad: 0, rounding: 'floor'},
  {name: 'ceil', pad: 0, rounding: 'ceil'},
  {
    name: 'round, some up and some down',
    pad: 0,
    rounding: 'round',
    size: [3, 4, 5],
    window: [2, 3, 2],
    strides: [2, 3, 2],
  },
];

function both3d({name, size = [3, 3, 4], window = 2, strides = 2, pad, rounding}: Pool3D): DifferentiableCase[] {
  return [
    differentiable(
      'maxPool3d',
      name,
      [distinct(1, ...size, 2)],
      (x: tf.Tensor5D) => tf.maxPool3d(x, window, strides, pad, rounding),
      noSecond('MaxPool3DGrad'),
    ),
    differentiable(
      'avgPool3d',
      name,
      [[1, ...size, 2]],
      (x: tf.Tensor5D) => tf.avgPool3d(x, window, strides, pad, rounding),
      noSecond('AvgPool3DGrad'),
    ),
  ];
}

interface General {
  name: string;
  pad: 'same' | 'valid' | number;
  dilations?: number | Pair;
  strides?: number | Pair;
}

const general: readonly General[] = [
  {name: 'valid', pad: 'valid'},
  {name: 'same, strides 2', pad: 'same', strides: 2},
  {name: 'pad 1', pad: 1},
  {name: 'dilations 2, valid', pad: 'valid', dilations: 2},
  {name: 'dilations [2, 1], same', pad: 'same', dilations: [2, 1]},
];

export const cases: readonly DifferentiableCase[] = [
  ...pools.flatMap(both),
  ...pools3d.flatMap(both3d),
  ...(['max', 'avg'] as const).flatMap((type) =>
    general.map(({name, pad, dilations, strides}) =>
      differentiable(
        'pool',
        `${type}, ${name}`,
        [distinct(1, 5, 6, 1)],
        (x: tf.Tensor4D) => tf.pool(x, 2, type, pad, dilations, strides),
        noSecond(type === 'max' ? 'MaxPoolGrad' : 'AvgPoolGrad'),
      ),
    ),
  ),
  differentiable(
    'maxPool',
    'of one image',
    [distinct(4, 4, 2)],
    (x: tf.Tensor3D) => tf.maxPool(x, 2, 2, 'valid'),
    noSecond('MaxPoolGrad'),
  ),
  differentiable(
    'avgPool',
    'of one image',
    [[4, 4, 2]],
    (x: tf.Tensor3D) => tf.avgPool(x, 2, 2, 'valid'),
    noSecond('AvgPoolGrad'),
  ),
  differentiable(
    'maxPool',
    'of a relu',
    [distinct(1, 4, 4, 2)],
    (x: tf.Tensor4D) => tf.maxPool(tf.relu(x), 2, 2, 'valid'),
    noSecond('MaxPoolGrad'),
  ),
  differentiable(
    'maxPoolWithArgmax',
    '',
    [distinct(1, 4, 4, 2)],
    (x: tf.Tensor4D) => tf.maxPoolWithArgmax(x, 2, 2, 'valid').result,
    {missing: 'gradient function not found for MaxPoolWithArgmax'},
  ),
  ...(['same', 'valid'] as const).flatMap((pad) =>
    (
      [
        [1, 1],
        [2, 1],
        [1, 2],
      ] as const
    ).map(([strides, dilations]) =>
      differentiable(
        'dilation2d',
        `${pad}, strides ${strides}, dilations ${dilations}`,
        // Sums of two multiples, of a quarter and of a thirteenth part of one: no two are near each other.
        [distinct(1, 4, 4, 2), {shape: [2, 2, 2], values: [0, 1, 2, 3, 4, 5, 6, 7].map((i) => i * 8.1 - 30)}],
        (x: tf.Tensor4D, w: tf.Tensor3D) => tf.dilation2d(x, w, strides, pad, dilations),
        {second: {missing: 'gradient function not found for Dilation2DBackprop'}},
      ),
    ),
  ),
];
