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
  pad: 'same' | 'valid' | backend_util.ExplicitPadding;
  /** Output channels of a convolution, and of each input channel of a depthwise one. */
  outputs: number;
  multiplier: number;
}

/** Mostly few, sometimes whole vectors and one more. */
const channels = fc.oneof({weight: 4, arbitrary: int(1, 9)}, {weight: 1, arbitrary: fc.constantFrom(16, 17, 32, 33)});

const padding = fc.oneof(
  fc.constantFrom('same' as const, 'valid' as const),
  fc.tuple(int(0, 2), int(0, 2), int(0, 2), int(0, 2)).map(
    ([top, bottom, left, right]): backend_util.ExplicitPadding => [
      [0, 0],
      [top, bottom],
      [left, right],
      [0, 0],
    ],
  ),
);

/** Windows that give at least one output; strides or dilations, as tfjs allows. */
export const windows: fc.Arbitrary<Window> = fc
  .record({
    batch: int(1, 3),
    size: fc.tuple(int(1, 14), int(1, 14)),
    channels,
    filter: fc.tuple(int(1, 5), int(1, 5)),
    strides: fc.tuple(int(1, 3), int(1, 3)),
    dilations: fc.oneof({weight: 2, arbitrary: fc.constant<Pair>([1, 1])}, fc.tuple(int(1, 2), int(1, 2))),
    pad: padding,
    outputs: channels,
    multiplier: int(1, 3),
  })
  .map((w): Window => {
    const strides: Pair = w.dilations.some((dilation) => dilation > 1) ? [1, 1] : w.strides;
    return {...w, strides, x: [w.batch, ...w.size, w.channels]};
  })
  .filter(({x, filter, dilations, pad}) =>
    [0, 1].every((i) => {
      const padded = x[i + 1] + (Array.isArray(pad) ? pad[i + 1][0] + pad[i + 1][1] : 0);
      return pad === 'same' || padded >= (filter[i] - 1) * dilations[i] + 1;
    }),
  );

export function filterShape({filter, x, outputs}: Window): Shape4 {
  return [...filter, x[3], outputs];
}

/** The shape of a convolution's output without dilation, for its gradients, which know none. */
export function convolved(w: Window): number[] {
  return backend_util.computeConv2DInfo(w.x, filterShape(w), w.strides, 1, w.pad).outShape;
}

/** The shape of a pool's output. */
export function pooled(w: Window): number[] {
  return backend_util.computePool2DInfo(w.x, w.filter, w.strides, 1, w.pad).outShape;
}
