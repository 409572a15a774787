import {backend_util} from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import type {InputSpec} from '../cases/types';
import {int, OF_OUTPUT, type RandomCases} from './types';

type Triple = [number, number, number];
type Shape5 = [number, number, number, number, number];

/** A window that slides over an NDHWC volume: of a convolution or of a pool. */
interface Window {
  x: Shape5;
  filter: Triple;
  strides: Triple;
  dilations: Triple;
  pad: 'same' | 'valid' | number;
  /** Of a pool. */
  dimRoundingMode: 'floor' | 'round' | 'ceil';
  outputs: number;
}

const tolerance = OF_OUTPUT;
const channels = fc.oneof({weight: 4, arbitrary: int(1, 9)}, {weight: 1, arbitrary: fc.constantFrom(16, 17, 33)});
const triple = (low: number, high: number) => fc.tuple(int(low, high), int(low, high), int(low, high));

/** Of any sizes, so that some give no output, or read nothing but padding. */
const windows: fc.Arbitrary<Window> = fc
  .record({
    batch: int(0, 2),
    size: fc.oneof({weight: 9, arbitrary: triple(1, 6)}, triple(0, 2)),
    channels,
    filter: triple(1, 4),
    strides: triple(1, 5),
    dilations: fc.oneof({weight: 2, arbitrary: fc.constant<Triple>([1, 1, 1])}, triple(1, 3)),
    pad: fc.oneof(fc.constantFrom('same' as const, 'valid' as const), int(0, 3)),
    dimRoundingMode: fc.constantFrom('floor' as const, 'round' as const, 'ceil' as const),
    outputs: channels,
  })
  .map((w): Window => ({...w, x: [w.batch, ...w.size, w.channels]}));

const poolAttrs = ({filter, strides, pad, dimRoundingMode}: Window) => ({
  filterSize: filter,
  strides,
  pad,
  dimRoundingMode,
});
const pooled = ({x, filter, strides, pad, dimRoundingMode}: Window): InputSpec => ({
  shape: backend_util.computePool3DInfo(x, filter, strides, 1, pad, dimRoundingMode).outShape,
});

const filterShape = ({filter, x, outputs}: Window): Shape5 => [...filter, x[4], outputs];
const convolved = (w: Window): InputSpec => ({
  shape: backend_util.computeConv3DInfo(w.x, filterShape(w), w.strides, 1, w.pad).outShape,
});

/** 3D convolution and pooling. */
export const random: RandomCases = {
  Conv3D: windows.map((w) => ({
    inputs: {x: {shape: w.x}, filter: {shape: filterShape(w)}},
    attrs: {strides: w.strides, pad: w.pad, dataFormat: 'NDHWC', dilations: w.dilations},
    tolerance,
  })),

  Conv3DBackpropFilterV2: windows.map((w) => ({
    inputs: {x: {shape: w.x}, dy: convolved(w)},
    attrs: {strides: w.strides, pad: w.pad, filterShape: filterShape(w)},
    tolerance,
  })),

  Conv3DBackpropInputV2: windows.map((w) => ({
    inputs: {dy: convolved(w), filter: {shape: filterShape(w)}},
    attrs: {strides: w.strides, pad: w.pad, inputShape: w.x},
    tolerance,
  })),

  MaxPool3D: fc
    .tuple(windows, fc.constantFrom('normal', 'special'), fc.constantFrom('float32', 'int32'))
    .map(([w, values, dtype]) => ({inputs: {x: {shape: w.x, values, dtype}}, attrs: poolAttrs(w), signedZero: true})),

  AvgPool3D: windows.map((w) => ({inputs: {x: {shape: w.x}}, attrs: poolAttrs(w), tolerance})),

  // Windows as wide as they are high: where they are not, the CPU backend loses gradients or gives them to other
  // elements. Few values, so that many are equal.
  MaxPool3DGrad: fc.tuple(windows, fc.constantFrom(3, 1000)).map(
    ([
      {
        filter: [depth, size],
        ...rest
      },
      range,
    ]) => {
      const w: Window = {...rest, filter: [depth, size, size]};
      const values = Array.from({length: w.x.reduce((a, b) => a * b)}, (_, i) => ((i * 7919 + (i >> 3)) % range) - 1);
      const dy = pooled(w);
      return {inputs: {dy, input: {shape: w.x, values}, output: dy}, attrs: poolAttrs(w), tolerance};
    },
  ),

  AvgPool3DGrad: windows.map((w) => ({inputs: {dy: pooled(w), input: {shape: w.x}}, attrs: poolAttrs(w), tolerance})),
};
