import {tolerance} from './conv-layer';
import type {KernelCase} from './types';

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

export const cases: readonly KernelCase[] = [
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
