import fc from 'fast-check';
import {anyDtype, EXACT, int, type RandomCase, type RandomCases} from './types';

const cumulative = fc
  .tuple(fc.array(int(1, 9), {minLength: 1, maxLength: 5}), fc.nat(4), fc.boolean(), fc.boolean(), anyDtype)
  .map(
    ([shape, axis, exclusive, reverse, dtype]): RandomCase => ({
      inputs: {x: {shape, dtype, values: 'special'}},
      attrs: {axis: axis % shape.length, exclusive, reverse},
      tolerance: EXACT,
    }),
  );

/** Sums and products so far, along an axis. */
export const random: RandomCases = {Cumsum: cumulative, Cumprod: cumulative};
