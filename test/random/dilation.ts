import {backend_util} from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import type {InputSpec} from '../cases/types';
import {int, OF_OUTPUT, type RandomCases} from './types';
import {windows} from './windows';

/** Strides and dilations at once, as this one allows; a number may leave whole windows outside of the image. */
const dilations = fc
  .tuple(windows, fc.tuple(int(1, 3), int(1, 3)), fc.oneof({weight: 3, arbitrary: fc.constant(undefined)}, int(0, 3)))
  .map(([w, strides, pad]) => {
    const filter: [number, number, number] = [...w.filter, w.x[3]];
    const attrs = {strides, dilations: w.dilations, pad: pad ?? (Array.isArray(w.pad) ? 'same' : w.pad)};
    const {outShape} = backend_util.computeDilation2DInfo(w.x, filter, strides, attrs.pad, 'NHWC', w.dilations);
    const inputs: Record<string, InputSpec> = {x: {shape: w.x}, filter: {shape: filter}};
    return {inputs, attrs, outShape};
  })
  .filter(({outShape}) => outShape.every((n) => n > 0));

const gradients = dilations.map(({inputs, attrs, outShape}) => ({
  inputs: {...inputs, dy: {shape: outShape}},
  attrs,
  tolerance: OF_OUTPUT,
}));

/** Grey-scale dilation. */
export const random: RandomCases = {
  Dilation2D: dilations.map(({inputs, attrs}) => ({inputs, attrs})),
  Dilation2DBackpropFilter: gradients,
  // The CPU backend fails where a window is below or right of the image.
  Dilation2DBackpropInput: gradients.filter(({attrs}) => typeof attrs.pad === 'string'),
};
