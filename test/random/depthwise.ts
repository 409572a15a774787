import {backend_util} from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import type {InputSpec} from '../cases/types';
import {activationAttrs, activations} from './factors';
import {EXACT, OF_OUTPUT, type RandomCases} from './types';
import {type Window, windows} from './windows';

const tolerance = OF_OUTPUT;

type Shape4 = [number, number, number, number];
const filterShape = ({filter, x, multiplier}: Window): Shape4 => [...filter, x[3], multiplier];

/** A layer: explicit padding is what rounding is for; tfjs refuses it with the others. */
type Layer = [Window, 'floor' | 'round' | 'ceil'];
const layers: fc.Arbitrary<Layer> = fc.tuple(windows, fc.constantFrom('floor', 'round', 'ceil'));

const attributes = ([{strides, pad, dilations}, rounding]: Layer) => ({
  ...{strides, pad, dilations},
  ...(Array.isArray(pad) && {dimRoundingMode: rounding}),
});

/** The shape of the output, which the attributes' dilations shrink for a gradient too. */
const outShape = (layer: Layer) => {
  const [w, rounding] = layer;
  const mode = Array.isArray(w.pad) ? rounding : undefined;
  return backend_util.computeConv2DInfo(w.x, filterShape(w), w.strides, w.dilations, w.pad, mode, true).outShape;
};

/** Depthwise convolutions and their gradients. */
export const random: RandomCases = {
  DepthwiseConv2dNative: layers.map((layer) => ({
    inputs: {x: {shape: layer[0].x}, filter: {shape: filterShape(layer[0])}},
    attrs: attributes(layer),
    tolerance,
  })),

  FusedDepthwiseConv2D: fc.tuple(layers, activations, fc.boolean()).map(([layer, activation, hasBias]) => {
    const {x, multiplier} = layer[0];
    const outputs = x[3] * multiplier;
    const inputs: Record<string, InputSpec> = {x: {shape: x}, filter: {shape: filterShape(layer[0])}};
    if (hasBias) inputs.bias = {shape: [outputs]};
    if (activation === 'prelu') inputs.preluActivationWeights = {shape: [1, 1, outputs]};
    const attrs = {...attributes(layer), dataFormat: 'NHWC', ...activationAttrs(activation)};
    // relu6 and sigmoid make an output small whose terms are large.
    return {inputs, attrs, tolerance: {relative: 1e-5, of: 'output'}};
  }),

  DepthwiseConv2dNativeBackpropFilter: layers.map((layer) => ({
    // Sums over all images, in which terms of both signs may leave nothing but their rounding.
    inputs: {x: {shape: layer[0].x, values: 'exact'}, dy: {shape: outShape(layer), values: 'exact'}},
    attrs: {...attributes(layer), filterShape: filterShape(layer[0])},
    tolerance: EXACT,
  })),

  DepthwiseConv2dNativeBackpropInput: layers.map((layer) => ({
    inputs: {dy: {shape: outShape(layer)}, filter: {shape: filterShape(layer[0])}},
    attrs: {...attributes(layer), inputShape: layer[0].x},
    tolerance,
  })),
};
