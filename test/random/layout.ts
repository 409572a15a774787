import fc from 'fast-check';
import {anyNumber, dtypes, int, numbers, type RandomCases, shapes} from './types';

/** Moves and copies of elements. */
export const random: RandomCases = {
  Transpose: fc.tuple(shapes, dtypes, anyNumber).map(([shape, dtype, random]) => {
    const keys = shape.map((_, i) => [random(), i]).sort(([a], [b]) => a - b);
    return {inputs: {x: {shape, dtype}}, attrs: {perm: keys.map(([, i]) => i)}};
  }),

  Slice: fc.tuple(shapes, dtypes, anyNumber).map(([shape, dtype, random]) => {
    const begin = shape.map((n) => random() % (n + 1));
    const size = shape.map((n, i) => random() % (n - begin[i] + 1));
    return {inputs: {x: {shape, dtype}}, attrs: {begin, size}};
  }),

  StridedSlice: fc.tuple(shapes, anyNumber).map(([shape, random]) => {
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

  PadV2: fc.tuple(shapes, numbers(0, 3)).map(([shape, random]) => ({
    inputs: {x: {shape}},
    attrs: {paddings: shape.map(() => [random(), random()]), constantValue: 1.5},
  })),

  Tile: fc.tuple(shapes, dtypes, numbers(0, 3)).map(([shape, dtype, random]) => ({
    inputs: {x: {shape: shape.slice(0, 4), dtype}},
    attrs: {reps: shape.slice(0, 4).map(random)},
  })),

  Reverse: fc.tuple(shapes, fc.uniqueArray(fc.nat(4))).map(([shape, chosen]) => ({
    inputs: {x: {shape}},
    attrs: {dims: chosen.filter((axis) => axis < shape.length)},
  })),

  GatherV2: fc.tuple(shapes, fc.nat(4), int(0, 9), anyNumber).map(([shape, chosen, count, random]) => {
    const axis = chosen % shape.length;
    const indices = Array.from({length: shape[axis] && count}, () => random() % shape[axis]);
    return {
      inputs: {x: {shape}, indices: {shape: [indices.length], dtype: 'int32', values: indices}},
      attrs: {axis, batchDims: 0},
    };
  }),

  Concat: fc
    .tuple(shapes, fc.nat(4), fc.array(int(0, 5), {minLength: 1, maxLength: 4}), dtypes)
    .map(([shape, at, sizes, dtype]) => {
      const axis = at % shape.length;
      return {inputs: sizes.map((size) => ({shape: shape.with(axis, size), dtype})), attrs: {axis}};
    }),
};
