import type {NamedAttrMap} from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import {describe} from 'vitest';
import {checkRandom, dtypes, int, OF_OUTPUT} from './property';

/** Up to five dimensions, few of them long, some of them 0. */
const shapes = fc.array(fc.oneof({weight: 9, arbitrary: int(1, 7)}, int(0, 40)), {minLength: 1, maxLength: 5});
/** As many numbers from low to high as a case comes to need. */
const numbers = (low: number, high: number) =>
  fc.infiniteStream(int(low, high)).map((stream) => () => stream.next().value);
const anyNumber = numbers(0, 1 << 20);

describe('element-wise kernels of random shapes', () => {
  // Each dimension is in both inputs, or is 1 in one of them; the second may have fewer.
  const dimensions = fc.array(fc.tuple(int(1, 9), fc.constantFrom('both', 'a', 'b')), {maxLength: 5});
  for (const kernel of ['Add', 'Maximum', 'SquaredDifference', 'Greater']) {
    checkRandom(
      kernel,
      fc.tuple(dimensions, fc.nat(5), dtypes).map(([all, missing, dtype]) => ({
        inputs: {
          a: {shape: all.map(([n, side]) => (side === 'b' ? 1 : n)), dtype},
          b: {shape: all.map(([n, side]) => (side === 'a' ? 1 : n)).slice(missing), dtype},
        },
      })),
    );
  }
});

describe('reductions of random shapes', () => {
  const dimensions = fc.array(int(1, 9), {minLength: 1, maxLength: 5});
  const cases = fc.tuple(dimensions, fc.uniqueArray(fc.nat(4)), fc.boolean());
  for (const kernel of ['Sum', 'Mean', 'Max', 'Min', 'Prod', 'Any', 'All']) {
    const dtype = kernel === 'Any' || kernel === 'All' ? 'bool' : 'float32';
    // A sum of both signs may be as small as its rounding.
    const values = kernel === 'Max' || kernel === 'Min' ? 'normal' : 'positive';
    checkRandom(
      kernel,
      cases.map(([shape, chosen, keepDims]) => {
        const axes = chosen.filter((axis) => axis < shape.length);
        const attrs: NamedAttrMap = kernel === 'Max' ? {reductionIndices: axes, keepDims} : {axis: axes, keepDims};
        return {inputs: {x: {shape, dtype, values}}, attrs, tolerance: OF_OUTPUT};
      }),
    );
  }
  for (const kernel of ['ArgMax', 'ArgMin']) {
    checkRandom(
      kernel,
      fc
        .tuple(dimensions, fc.nat(4))
        .map(([shape, axis]) => ({inputs: {x: {shape}}, attrs: {axis: axis % shape.length}})),
    );
  }
});

describe('layout kernels of random shapes', () => {
  checkRandom(
    'Transpose',
    fc.tuple(shapes, dtypes, anyNumber).map(([shape, dtype, random]) => {
      const keys = shape.map((_, i) => [random(), i]).sort(([a], [b]) => a - b);
      return {inputs: {x: {shape, dtype}}, attrs: {perm: keys.map(([, i]) => i)}};
    }),
  );

  checkRandom(
    'Slice',
    fc.tuple(shapes, dtypes, anyNumber).map(([shape, dtype, random]) => {
      const begin = shape.map((n) => random() % (n + 1));
      const size = shape.map((n, i) => random() % (n - begin[i] + 1));
      return {inputs: {x: {shape, dtype}}, attrs: {begin, size}};
    }),
  );

  checkRandom(
    'StridedSlice',
    fc.tuple(shapes, anyNumber).map(([shape, random]) => {
      // The CPU backend refuses an end before the begin, which TensorFlow takes for an empty range.
      const ranges = shape.map((n) => {
        const [low, high] = [random() % (n + 1), random() % (n + 1)].sort((a, b) => a - b);
        const stride = 1 + (random() % 3);
        return random() % 2 ? {begin: low, end: high, stride} : {begin: high, end: low, stride: -stride};
      });
      return {
        inputs: {x: {shape}},
        attrs: {
          begin: ranges.map(({begin}) => begin),
          end: ranges.map(({end}) => end),
          strides: ranges.map(({stride}) => stride),
          beginMask: random() & 31,
          endMask: random() & 31,
          ellipsisMask: 0,
          newAxisMask: 0,
          shrinkAxisMask: 0,
        },
      };
    }),
  );

  checkRandom(
    'PadV2',
    fc.tuple(shapes, numbers(0, 3)).map(([shape, random]) => ({
      inputs: {x: {shape}},
      attrs: {paddings: shape.map(() => [random(), random()]), constantValue: 1.5},
    })),
  );

  checkRandom(
    'Tile',
    fc.tuple(shapes, dtypes, numbers(0, 3)).map(([shape, dtype, random]) => ({
      inputs: {x: {shape: shape.slice(0, 4), dtype}},
      attrs: {reps: shape.slice(0, 4).map(random)},
    })),
  );

  checkRandom(
    'Reverse',
    fc.tuple(shapes, fc.uniqueArray(fc.nat(4))).map(([shape, chosen]) => ({
      inputs: {x: {shape}},
      attrs: {dims: chosen.filter((axis) => axis < shape.length)},
    })),
  );

  checkRandom(
    'GatherV2',
    fc.tuple(shapes, fc.nat(4), int(0, 9), anyNumber).map(([shape, chosen, count, random]) => {
      const axis = chosen % shape.length;
      const indices = Array.from({length: shape[axis] && count}, () => random() % shape[axis]);
      return {
        inputs: {x: {shape}, indices: {shape: [indices.length], dtype: 'int32', values: indices}},
        attrs: {axis, batchDims: 0},
      };
    }),
  );

  checkRandom(
    'Concat',
    fc
      .tuple(shapes, fc.nat(4), fc.array(int(0, 5), {minLength: 1, maxLength: 4}), dtypes)
      .map(([shape, at, sizes, dtype]) => {
        const axis = at % shape.length;
        return {inputs: sizes.map((size) => ({shape: shape.with(axis, size), dtype})), attrs: {axis}};
      }),
  );
});
