import fc from 'fast-check';
import {dtypes, int, type RandomCase, type RandomCases} from './types';

/** Each dimension is in both inputs, or is 1 in one of them; the second may have fewer. */
const dimensions = fc.array(fc.tuple(int(1, 9), fc.constantFrom('both', 'a', 'b')), {maxLength: 5});

const broadcast = fc.tuple(dimensions, fc.nat(5), dtypes).map(
  ([all, missing, dtype]): RandomCase => ({
    inputs: {
      a: {shape: all.map(([n, side]) => (side === 'b' ? 1 : n)), dtype},
      b: {shape: all.map(([n, side]) => (side === 'a' ? 1 : n)).slice(missing), dtype},
    },
  }),
);

/** One value of the result from one of each input. */
export const random: RandomCases = Object.fromEntries(
  ['Add', 'Maximum', 'SquaredDifference', 'Greater'].map((kernel) => [kernel, broadcast]),
);
