import * as tf from '@tensorflow/tfjs-core';
import type {InputSpec} from '../cases/types';
import {between, type DifferentiableCase, differentiable, distinct, type Options} from './types';

const activations = ['linear', 'relu', 'relu6', 'elu', 'leakyrelu', 'prelu', 'sigmoid'] as const;

/** Positive values by filters whose channels are of one sign each: what an activation is given is not near its kinks. */
const positive = (...shape: number[]) => between(0.5, 1.2, shape);
const alternating = (...shape: number[]): InputSpec => ({
  shape,
  values: Array.from({length: shape.reduce((a, b) => a * b)}, (_, i) => (i % 2 ? -1 : 1) * (0.5 + 0.04 * i)),
});
const convolution = [positive(1, 4, 4, 1), alternating(2, 2, 1, 2)];

const lacks = (kernel: string): Options => ({second: {missing: `gradient function not found for ${kernel}`}});
const ofMatMul: Record<string, Options> = {
  relu6: lacks('LessEqual'),
  leakyrelu: lacks('Greater'),
  prelu: lacks('Greater'),
  elu: {second: {wrong: 'the output is taken for a constant'}},
  sigmoid: {second: {wrong: 'the output is taken for a constant'}},
};

const noConvolution: Options = {second: {missing: 'gradient function not found for Conv2DBackpropFilter'}};
const noDepthwise: Options = {second: {missing: 'gradient function not found for DepthwiseConv2dNativeBackprop'}};

/** One operation with each activation, without a bias and with one. */
function fused(
  operation: string,
  inputs: readonly InputSpec[],
  channels: number,
  run: (options: {
    inputs: tf.Tensor[];
    bias?: tf.Tensor;
    activation: (typeof activations)[number];
    preluActivationWeights?: tf.Tensor;
    leakyreluAlpha: number;
  }) => tf.Tensor,
  options: (activation: string) => Options,
): DifferentiableCase[] {
  const bias: InputSpec = between(-0.1, 0.1, [channels]);
  return activations.flatMap((activation) => {
    const weights = activation === 'prelu' ? [distinct(channels)] : [];
    return [false, true].map((hasBias) =>
      differentiable(
        operation,
        `${activation}${hasBias ? ', bias' : ''}`,
        [...inputs, ...(hasBias ? [bias] : []), ...weights],
        (...given: tf.Tensor[]) =>
          run({
            inputs: given,
            bias: hasBias ? given[inputs.length] : undefined,
            activation,
            preluActivationWeights: activation === 'prelu' ? given[given.length - 1] : undefined,
            leakyreluAlpha: 0.3,
          }),
        options(activation),
      ),
    );
  });
}

/** By a linear fused operation, which is the only one that tfjs-core leaves fused where it is differentiated. */
const geometries = [
  ['valid, strides 2', {pad: 'valid', strides: 2}],
  ['pad 1', {pad: 1, strides: 1}],
  [
    'explicit padding',
    {
      pad: [
        [0, 0],
        [1, 0],
        [0, 2],
        [0, 0],
      ],
      strides: 1,
    },
  ],
  ['ceil', {pad: 0, strides: 2, dimRoundingMode: 'ceil'}],
  ['round', {pad: 0, strides: [3, 2], dimRoundingMode: 'round'}],
] as const;

type Geometry = Pick<Parameters<typeof tf.fused.conv2d>[0], 'pad' | 'strides' | 'dimRoundingMode'>;

export const cases: readonly DifferentiableCase[] = [
  ...fused(
    'fused.conv2d',
    convolution,
    2,
    ({inputs: [x, filter], bias, ...rest}) =>
      tf.fused.conv2d({x: x as tf.Tensor4D, filter: filter as tf.Tensor4D, bias, strides: 1, pad: 'same', ...rest}),
    () => noConvolution,
  ),
  ...fused(
    'fused.depthwiseConv2d',
    convolution,
    2,
    ({inputs: [x, filter], bias, ...rest}) =>
      tf.fused.depthwiseConv2d({
        x: x as tf.Tensor4D,
        filter: filter as tf.Tensor4D,
        bias,
        strides: 1,
        pad: 'same',
        ...rest,
      }),
    () => noDepthwise,
  ),
  ...fused(
    'fused.matMul',
    [positive(2, 3), alternating(3, 4)],
    4,
    ({inputs: [a, b], bias, ...rest}) => tf.fused.matMul({a, b, bias, ...rest}),
    (activation) => ofMatMul[activation] ?? {},
  ),
  ...geometries.flatMap(([name, geometry]) => [
    differentiable(
      'fused.conv2d',
      name,
      [[1, 7, 5, 2], [3, 2, 2, 2], [2]],
      (x: tf.Tensor4D, filter: tf.Tensor4D, bias: tf.Tensor) =>
        tf.fused.conv2d({x, filter, bias, ...(geometry as unknown as Geometry)}),
      noConvolution,
    ),
    differentiable(
      'fused.depthwiseConv2d',
      name,
      [[1, 7, 5, 2], [3, 2, 2, 1], [2]],
      (x: tf.Tensor4D, filter: tf.Tensor4D, bias: tf.Tensor) =>
        // tfjs-core's types have no explicit padding here, its functions do.
        tf.fused.depthwiseConv2d({x, filter, bias, ...(geometry as unknown as Geometry & {pad: 'same'})}),
      noDepthwise,
    ),
  ]),
  differentiable(
    'fused.conv2d',
    'of one image, a bias of rank 3',
    [
      [4, 4, 2],
      [2, 2, 2, 3],
      [1, 4, 3],
    ],
    (x: tf.Tensor3D, filter: tf.Tensor4D, bias: tf.Tensor) =>
      tf.fused.conv2d({x, filter, bias, strides: 1, pad: 'same'}),
    {missing: 'Length of inShape (4) and rank of dy (3) must match'},
  ),
  differentiable(
    'fused.conv2d',
    'dilations 2',
    [
      [1, 4, 4, 1],
      [2, 2, 1, 1],
    ],
    (x: tf.Tensor4D, filter: tf.Tensor4D) => tf.fused.conv2d({x, filter, strides: 1, pad: 'same', dilations: 2}),
    {missing: 'Error in gradient of fused conv2D: dilation rates'},
  ),
  differentiable(
    'fused.depthwiseConv2d',
    'dilations 2',
    [
      [1, 4, 4, 1],
      [2, 2, 1, 1],
    ],
    (x: tf.Tensor4D, filter: tf.Tensor4D) =>
      tf.fused.depthwiseConv2d({x, filter, strides: 1, pad: 'same', dilations: 2}),
    {missing: 'Error in gradient of fused depthwiseConv2d: dilation rates'},
  ),
  differentiable(
    'fused.conv2d',
    'NCHW',
    [
      [1, 2, 4, 4],
      [2, 2, 2, 3],
    ],
    (x: tf.Tensor4D, filter: tf.Tensor4D) => tf.fused.conv2d({x, filter, strides: 1, pad: 'same', dataFormat: 'NCHW'}),
    {missing: 'only NHWC is currently supported'},
  ),
  ...[false, true].flatMap((transposeA) =>
    [false, true].flatMap((transposeB) =>
      (['matrices', 'batches'] as const).map((batches) => {
        const outer = batches === 'batches' ? [2] : [];
        return differentiable(
          'fused.matMul',
          `${batches}, bias${transposeA ? ', transposeA' : ''}${transposeB ? ', transposeB' : ''}`,
          [[...outer, ...(transposeA ? [3, 2] : [2, 3])], [...outer, ...(transposeB ? [4, 3] : [3, 4])], [4]],
          (a: tf.Tensor, b: tf.Tensor, bias: tf.Tensor) => tf.fused.matMul({a, b, bias, transposeA, transposeB}),
        );
      }),
    ),
  ),
  differentiable(
    'fused.matMul',
    'one matrix for a batch',
    [
      [2, 2, 3],
      [3, 4],
    ],
    (a: tf.Tensor, b: tf.Tensor) => tf.fused.matMul({a, b}),
    {missing: "has shape '2,3,4', which does not match the shape of the input '1,3,4'"},
  ),
];
