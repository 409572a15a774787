import {backend_util} from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import {int} from './types';

type Pair = [number, number];
type Shape4 = [number, number, number, number];

/** A window that slides over an NHWC image: of a convolution or of a pool. */
export interface Window {
  x: Shape4;
  filter: Pair;
  strides: Pair;
  dilations: Pair;
  pad: 'same' | 'valid' | number | backend_util.ExplicitPadding;
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
  /** Output channels of a convolution, and of each input channel of a depthwise one. */
  outputs: number;
  multiplier: number;
}

/** Mostly few, sometimes whole vectors and one more. */
const channels = fc.oneof({weight: 4, arbitrary: int(1, 9)}, {weight: 1, arbitrary: fc.constantFrom(16, 17, 32, 33)});

const named = fc.constantFrom('same' as const, 'valid' as const);
const padding = fc.oneof(
  {weight: 2, arbitrary: named},
  {weight: 1, arbitrary: int(0, 3)},
  {
    weight: 2,
    arbitrary: fc.tuple(int(0, 2), int(0, 2), int(0, 2), int(0, 2)).map(
      ([top, bottom, left, right]): backend_util.ExplicitPadding => [
        [0, 0],
        [top, bottom],
        [left, right],
        [0, 0],
      ],
    ),
  },
);

export const square = (size: number): Pair => [size, size];

export function hasOutput(w: Window): boolean {
  const [, height, width] = convolved(w, w.dilations);
  return height > 0 && width > 0;
}

/** Windows that give at least one output, unless there is no image; strides or dilations, as tfjs allows. */
export const windows: fc.Arbitrary<Window> = fc
  .record({
    // Batches of six images and more are convolved side by side.
    batch: fc.oneof({weight: 20, arbitrary: int(1, 3)}, {weight: 10, arbitrary: int(6, 13)}, fc.constant(0)),
    size: fc.tuple(int(1, 14), int(1, 14)),
    channels,
    filter: fc.oneof(fc.tuple(int(1, 5), int(1, 5)), int(1, 5).map(square)),
    strides: fc.oneof(fc.tuple(int(1, 3), int(1, 3)), int(1, 2).map(square)),
    dilations: fc.oneof({weight: 2, arbitrary: fc.constant(square(1))}, fc.tuple(int(1, 2), int(1, 2))),
    pad: padding,
    outputs: channels,
    multiplier: int(1, 3),
  })
  .map(({batch, size, channels, ...w}): Window => {
    const strides: Pair = w.dilations.some((dilation) => dilation > 1) ? [1, 1] : w.strides;
    return {...w, strides, x: [batch, ...size, channels]};
  })
  .filter(hasOutput);

/** The same where the size of the output may be rounded otherwise; only for padding in numbers, as tfjs allows. */
export const roundedWindows: fc.Arbitrary<Window> = fc
  .tuple(windows, fc.constantFrom(undefined, 'floor' as const, 'round' as const, 'ceil' as const))
  .map(([w, dimRoundingMode]) => (typeof w.pad === 'string' ? w : {...w, dimRoundingMode}))
  .filter(hasOutput);

/** Windows without dilation whose gradients finite differences tell, over at most 18 elements. */
export const smallWindows: fc.Arbitrary<Window> = fc
  .record({
    size: fc.tuple(int(1, 3), int(1, 3)),
    channels: int(1, 2),
    filter: fc.tuple(int(1, 3), int(1, 3)),
    strides: fc.tuple(int(1, 2), int(1, 2)),
    pad: padding,
    outputs: int(1, 2),
  })
  .map(({size, channels, ...w}): Window => ({...w, x: [1, ...size, channels], dilations: [1, 1], multiplier: 1}))
  .filter(hasOutput);

export function filterShape({filter, x, outputs}: Window): Shape4 {
  return [...filter, x[3], outputs];
}

/** The shape of a convolution's output; without dilation, for its gradients, which know none. */
export function convolved(w: Window, dilations: Pair | 1 = 1): number[] {
  return backend_util.computeConv2DInfo(w.x, filterShape(w), w.strides, dilations, w.pad, w.dimRoundingMode).outShape;
}

/** The shape of a pool's output. */
export function pooled(w: Window): number[] {
  return backend_util.computePool2DInfo(w.x, w.filter, w.strides, 1, w.pad, w.dimRoundingMode).outShape;
}
