import fc from 'fast-check';
import {int, OF_OUTPUT, type RandomCases} from './types';

const normalizations = fc
  .record({
    pixels: fc.tuple(int(0, 3), int(1, 3), int(1, 3)),
    channels: fc.oneof({weight: 4, arbitrary: int(1, 9)}, {weight: 1, arbitrary: int(10, 70)}),
    depthRadius: fc.oneof({weight: 4, arbitrary: int(0, 5)}, {weight: 1, arbitrary: int(6, 100)}),
    bias: fc.constantFrom(0.5, 1, 2.25),
    alpha: fc.constantFrom(0, 1e-4, 0.3, 1, 5),
    beta: fc.constantFrom(-1, 0, 0.1, 0.5, 0.75, 1, 3),
  })
  .map(({pixels, channels, ...attrs}) => ({shape: [...pixels, channels], attrs}));

/** Local response normalisation. */
export const random: RandomCases = {
  LRN: normalizations.map(({shape, attrs}) => ({inputs: {x: {shape}}, attrs})),
  LRNGrad: normalizations.map(({shape, attrs}) => ({
    inputs: {x: {shape}, y: {shape}, dy: {shape}},
    attrs,
    tolerance: OF_OUTPUT,
  })),
};
