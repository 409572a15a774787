import {backend_util} from '@tensorflow/tfjs-core';
import type {KernelCase, Tolerance} from './types';

/** Sums of terms of both signs: an element's error is that of the terms, whatever is left of them. */
export const tolerance: Tolerance = {relative: 2e-6, of: 'output'};

type Pair = [number, number];
type Shape4D = [number, number, number, number];

export interface Layer {
  batch: number;
  height: number;
  width?: number;
  inChannels: number;
  outChannels: number;
  filter: number | Pair;
  strides?: number | Pair;
  dilations?: number | Pair;
  pad?: 'same' | 'valid' | number | backend_util.ExplicitPadding;
  dataFormat?: 'NHWC' | 'NCHW';
}

const pair = (value: number | Pair): Pair => (Array.isArray(value) ? value : [value, value]);

/** A 2D convolution, and where tfjs has them (no dilation) its two gradients. */
export function layer(name: string, description: Layer, options: Partial<KernelCase> = {}): KernelCase[] {
  const {batch, height, width = height, inChannels, outChannels, filter} = description;
  const {pad = 'same', dataFormat = 'NHWC'} = description;
  const [strides, dilations] = [pair(description.strides ?? 1), pair(description.dilations ?? 1)];
  const isLast = dataFormat === 'NHWC';
  const inputShape: Shape4D = isLast ? [batch, height, width, inChannels] : [batch, inChannels, height, width];
  const filterShape: Shape4D = [...pair(filter), inChannels, outChannels];
  const {outShape, outHeight, outWidth} = backend_util.computeConv2DInfo(
    inputShape,
    filterShape,
    strides,
    dilations,
    pad,
    undefined,
    false,
    isLast ? 'channelsLast' : 'channelsFirst',
  );
  const inputs = {x: {shape: inputShape}, filter: {shape: filterShape}};
  const attrs = {strides, pad: pad as 'same', dataFormat};
  const flops = 2 * batch * outHeight * outWidth * filterShape.reduce((a, b) => a * b);
  const common = {name, tolerance, flops, ...options};
  const forward: KernelCase = {...common, kernel: 'Conv2D', inputs, attrs: {...attrs, dilations}};
  if (dilations.some((dilation) => dilation !== 1)) return [{...forward, gradient: false}];
  const {gradient: _, ...withoutGradient} = common;
  const dy = {shape: outShape};
  return [
    forward,
    {
      ...withoutGradient,
      kernel: 'Conv2DBackpropFilter',
      inputs: {x: inputs.x, dy},
      attrs: {...attrs, filterShape},
    },
    {
      ...withoutGradient,
      kernel: 'Conv2DBackpropInput',
      inputs: {dy, filter: inputs.filter},
      attrs: {...attrs, inputShape},
    },
  ];
}
