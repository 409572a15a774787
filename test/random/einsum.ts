import {backend_util} from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import {dtypes, int, OF_OUTPUT, type RandomCases} from './types';

const places = fc.constantFrom('a', 'b', 'ab', 'aO', 'bO', 'abO', 'ab', 'abO');

/** A dimension: whether it is in the first tensor (a), the second (b) and the result (O), and by what it is sorted there. */
const dimension = fc.record({
  size: fc.oneof({weight: 9, arbitrary: int(1, 4)}, fc.constantFrom(0, 8, 17)),
  places,
  keys: fc.record({a: fc.nat(), b: fc.nat(), O: fc.nat()}),
});

const equations = fc.tuple(fc.array(dimension, {maxLength: 5}), fc.boolean()).map(([dimensions, isPair]) => {
  const named = dimensions.map((found, i) => ({...found, name: 'abcde'[i]}));
  const inOrder = (place: 'a' | 'b' | 'O') =>
    named.filter(({places}) => places.includes(place)).sort((x, y) => x.keys[place] - y.keys[place]);
  const tensors = isPair ? [inOrder('a'), inOrder('b')] : [inOrder('a')];
  const output = inOrder('O').filter((found) => tensors.some((tensor) => tensor.includes(found)));
  const term = (found: typeof named) => found.map(({name}) => name).join('');
  const shapes = tensors.map((found) => found.map(({size}) => size));
  return {equation: `${tensors.map(term).join(',')}->${term(output)}`, shapes};
});

/** The CPU backend needs the first summed dimension in both tensors; see src/backend/kernels/Einsum.test.ts for the others. */
function isRightOnCpu({equation, shapes}: {equation: string; shapes: number[][]}): boolean {
  const {summedDims, idDims} = backend_util.decodeEinsumEquation(equation, shapes.length);
  return summedDims.length === 0 || idDims.every((dims) => dims.length === 0 || dims.includes(summedDims[0]));
}

export const random: RandomCases = {
  Einsum: fc.tuple(equations.filter(isRightOnCpu), dtypes).map(([{equation, shapes}, dtype]) => ({
    // A sum of both signs may be as small as its rounding.
    inputs: shapes.map((shape) => ({shape, dtype, values: dtype === 'int32' ? 'normal' : 'positive'})),
    attrs: {equation},
    tolerance: OF_OUTPUT,
  })),
};
