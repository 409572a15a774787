import fc from 'fast-check';
import type {InputSpec} from '../cases/types';
import {anyDtype, anyNumber, int, type RandomCases, shapes} from './types';

/** Places in a tensor of this shape, which has some: by their first `rank` coordinates, in a tensor of indices. */
const places = (least: number) =>
  fc
    .record({
      shape: fc.array(int(1, 6), {minLength: 1, maxLength: 4}),
      last: fc.oneof({weight: 4, arbitrary: int(1, 20)}, fc.constantFrom(16, 33, 140)),
      rank: int(least, 5),
      batch: fc.array(int(0, 5), {minLength: 1, maxLength: 3}),
      random: anyNumber,
      dtype: anyDtype,
    })
    .map(({shape, last, rank, batch, random, dtype}) => {
      const whole = [...shape, last];
      const indexed = whole.slice(0, rank);
      const count = batch.reduce((product, n) => product * n, 1);
      const values = Array.from({length: count}, () => indexed.map((n) => random() % n)).flat();
      const indices: InputSpec = {shape: [...batch, indexed.length], dtype: 'int32', values};
      return {shape: whole, indices, slices: {shape: [...batch, ...whole.slice(rank)], dtype}, dtype};
    });

/** Elements that are read or written where indices say. */
export const random: RandomCases = {
  GatherNd: places(0).map(({shape, indices, dtype}) => ({inputs: {params: {shape, dtype}, indices}})),

  ScatterNd: places(1).map(({shape, indices, slices}) => ({inputs: {indices, updates: slices}, attrs: {shape}})),

  TensorScatterUpdate: places(1).map(({shape, indices, slices, dtype}) => ({
    inputs: {tensor: {shape, dtype}, indices, updates: slices},
  })),

  SparseToDense: fc
    .tuple(shapes, int(0, 12), fc.boolean(), anyNumber, anyDtype)
    .map(([shape, wanted, isOneForAll, random, dtype]) => {
      const outputShape = shape.slice(0, 3);
      const count = outputShape.includes(0) ? 0 : wanted;
      const values = Array.from({length: count}, () => outputShape.map((n) => random() % n)).flat();
      return {
        inputs: {
          sparseIndices: {shape: [count, outputShape.length], dtype: 'int32', values},
          sparseValues: {shape: isOneForAll ? [] : [count], dtype},
          defaultValue: {shape: [], dtype, values: [1]},
        },
        attrs: {outputShape},
      };
    }),

  Diag: fc.tuple(fc.array(int(0, 5), {maxLength: 3}), anyDtype).map(([shape, dtype]) => ({
    inputs: {x: {shape, dtype}},
  })),

  BroadcastArgs: fc
    .tuple(fc.array(fc.tuple(int(0, 9), fc.constantFrom('both', 'a', 'b')), {maxLength: 5}), fc.nat(5))
    .map(([all, missing]) => {
      const s0 = all.map(([n, side]) => (side === 'b' ? 1 : n));
      const s1 = all.map(([n, side]) => (side === 'a' ? 1 : n)).slice(missing);
      return {
        inputs: {
          s0: {shape: [s0.length], dtype: 'int32', values: s0},
          s1: {shape: [s1.length], dtype: 'int32', values: s1},
        },
      };
    }),
};
