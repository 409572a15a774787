import type {DataType} from '@tensorflow/tfjs-core';
import fc, {type Arbitrary} from 'fast-check';
import {dtypes, int, type RandomCase, type RandomCases, shapes} from './types';

/** Each dimension is in both inputs, or is 1 in one of them; the second may have fewer. */
const dimensions = fc.array(fc.tuple(int(1, 9), fc.constantFrom('both', 'a', 'b')), {maxLength: 5});

const broadcastOf = (dtype: Arbitrary<DataType>) =>
  fc.tuple(dimensions, fc.nat(5), dtype).map(
    ([all, missing, dtype]): RandomCase => ({
      inputs: {
        a: {shape: all.map(([n, side]) => (side === 'b' ? 1 : n)), dtype},
        b: {shape: all.map(([n, side]) => (side === 'a' ? 1 : n)).slice(missing), dtype},
      },
    }),
  );
const broadcast = broadcastOf(dtypes);

/** One value of the result from one of each input. */
export const random: RandomCases = {
  Add: broadcast,
  Maximum: broadcast,
  SquaredDifference: broadcast,
  Greater: broadcast,
  BitwiseAnd: broadcastOf(fc.constant('int32')),
  LogicalXor: broadcastOf(fc.constant('bool')),
  ComplexAbs: shapes.map((shape) => ({
    inputs: {x: {shape, dtype: 'complex64', values: 'special'}},
    tolerance: {ulp: 1},
  })),
};
