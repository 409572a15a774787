import type {KernelCase} from '../../test/cases';
import {type Size, sweepCase} from './sizes';

/** Products of matrices, and convolutions. */
export function products(size: Size): KernelCase[] {
  return [...matrices(size), ...convolutions(size), ...depthwise(size), ...volumes(size)];
}

function matrices({matrix}: Size): KernelCase[] {
  const [m, k] = matrix;
  return [
    ...[1, 10, 128].flatMap((n) => [
      sweepCase('BatchMatMul', {a: {shape: [1, m, k]}, b: {shape: [1, k, n]}}, {transposeA: false, transposeB: false}),
      sweepCase('BatchMatMul', {a: {shape: [1, n, k]}, b: {shape: [1, k, m]}}, {transposeA: false, transposeB: false}),
      sweepCase('BatchMatMul', {a: {shape: [1, m, k]}, b: {shape: [1, n, k]}}, {transposeA: false, transposeB: true}),
      sweepCase('BatchMatMul', {a: {shape: [1, k, m]}, b: {shape: [1, k, n]}}, {transposeA: true, transposeB: false}),
    ]),
    sweepCase('BatchMatMul', {a: {shape: [16, 8, 8]}, b: {shape: [16, 8, 8]}}, {transposeA: false, transposeB: false}),
    sweepCase('BatchMatMul', {a: {shape: [m, 3, 3]}, b: {shape: [m, 3, 3]}}, {transposeA: false, transposeB: false}),
    sweepCase('BatchMatMul', {a: {shape: [1, m, k]}, b: {shape: [1, k, 2]}}, {transposeA: false, transposeB: false}),
    ...['linear', 'relu', 'relu6', 'sigmoid', 'elu'].flatMap((activation) => [
      sweepCase(
        '_FusedMatMul',
        {a: {shape: [1, m, k]}, b: {shape: [1, k, 32]}, bias: {shape: [32]}},
        {transposeA: false, transposeB: false, activation},
      ),
    ]),
  ];
}

function convolutions({images: shape}: Size): KernelCase[] {
  const [batch, height, width, channels] = shape;
  const common = {pad: 'same', dataFormat: 'NHWC', dilations: 1, strides: 1};
  return [
    ...[1, 3, 5].flatMap((side) =>
      [1, 2].flatMap((strides) => [
        sweepCase('Conv2D', {x: {shape}, filter: {shape: [side, side, channels, 16]}}, {...common, strides}),
        sweepCase(
          'Conv2D',
          {x: {shape: [batch, height, width, 3]}, filter: {shape: [side, side, 3, 8]}},
          {...common, strides},
        ),
        sweepCase(
          'Conv2DBackpropInput',
          {dy: {shape: [batch, height / strides, width / strides, 16]}, filter: {shape: [side, side, channels, 16]}},
          {...common, strides, inputShape: shape},
        ),
      ]),
    ),
    sweepCase('Conv2D', {x: {shape}, filter: {shape: [3, 3, channels, 16]}}, {...common, dilations: 2}),
    ...['linear', 'relu', 'relu6', 'sigmoid', 'leakyrelu', 'elu'].map((activation) =>
      sweepCase(
        'FusedConv2D',
        {x: {shape}, filter: {shape: [3, 3, channels, 8]}, bias: {shape: [8]}},
        {...common, activation, leakyreluAlpha: 0.2},
      ),
    ),
  ];
}

function depthwise({images: shape}: Size): KernelCase[] {
  const channels = shape[3];
  const common = {pad: 'same', dataFormat: 'NHWC', dilations: 1};
  return [
    ...[3, 5].flatMap((side) =>
      [1, 2].flatMap((strides) =>
        [1, 2].map((multiplier) =>
          sweepCase(
            'DepthwiseConv2dNative',
            {x: {shape}, filter: {shape: [side, side, channels, multiplier]}},
            {...common, strides},
          ),
        ),
      ),
    ),
    ...['relu', 'relu6'].map((activation) =>
      sweepCase(
        'FusedDepthwiseConv2D',
        {x: {shape}, filter: {shape: [3, 3, channels, 1]}, bias: {shape: [channels]}},
        {...common, strides: 1, activation},
      ),
    ),
  ];
}

function volumes({images: [batch, height, width, channels]}: Size): KernelCase[] {
  const shape = [batch, 4, height / 2, width / 2, channels / 4];
  const filterShape = [3, 3, 3, channels / 4, 4];
  const common = {strides: 1, pad: 'same'};
  return [
    sweepCase('Conv3D', {x: {shape}, filter: {shape: filterShape}}, {...common, dataFormat: 'NDHWC', dilations: 1}),
    sweepCase(
      'Conv3DBackpropInputV2',
      {dy: {shape: [...shape.slice(0, 4), 4]}, filter: {shape: filterShape}},
      {...common, inputShape: shape},
    ),
    sweepCase('Conv3DBackpropFilterV2', {x: {shape}, dy: {shape: [...shape.slice(0, 4), 4]}}, {...common, filterShape}),
  ];
}
