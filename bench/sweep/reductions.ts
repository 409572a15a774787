import type {KernelCase} from '../../test/cases';
import {type Size, sweepCase} from './sizes';

/** Sums and their like, along every kind of axis; running sums, and the kernels that search. */
export function reductions(size: Size): KernelCase[] {
  const {matrix, images, elements} = size;
  const [rows, columns] = matrix;
  const shapes: readonly (readonly [shape: readonly number[], axis: number[]])[] = [
    [matrix, [0, 1]],
    [matrix, [1]],
    [matrix, [0]],
    [images, [1, 2]],
    [images, [0, 1, 2]],
    [images, [3]],
    [[elements / 2, 2], [1]],
  ];
  return [
    ...shapes.flatMap(([shape, axis]) => [
      ...(['float32', 'int32'] as const).flatMap((dtype) => [
        ...['Sum', 'Mean', 'Prod'].map((kernel) => sweepCase(kernel, {x: {shape, dtype}}, {axis, keepDims: false})),
        ...['Max', 'Min'].map((kernel) =>
          sweepCase(kernel, {x: {shape, dtype}}, {reductionIndices: axis, keepDims: false}),
        ),
      ]),
      ...['Sum', 'Mean', 'All', 'Any'].map((kernel) =>
        sweepCase(kernel, {x: {shape, dtype: 'bool'}}, {axis, keepDims: false}),
      ),
      // All of it is read only where nothing ends the search.
      sweepCase('All', {x: {shape, dtype: 'bool', values: new Array(elements).fill(1)}}, {axis, keepDims: true}),
      sweepCase('Any', {x: {shape, dtype: 'bool', values: new Array(elements).fill(0)}}, {axis, keepDims: true}),
    ]),
    ...[0, 1].flatMap((axis) => [
      ...(['float32', 'int32'] as const).flatMap((dtype) => [
        ...['ArgMax', 'ArgMin'].map((kernel) => sweepCase(kernel, {x: {shape: matrix, dtype}}, {axis})),
        ...['Cumsum', 'Cumprod'].flatMap((kernel) => [
          sweepCase(kernel, {x: {shape: matrix, dtype}}, {axis, exclusive: false, reverse: false}),
          sweepCase(kernel, {x: {shape: matrix, dtype}}, {axis, exclusive: true, reverse: true}),
        ]),
      ]),
    ]),
    sweepCase('Cumsum', {x: {shape: [elements]}}, {axis: 0, exclusive: false, reverse: false}),
    ...[1, 5].flatMap((k) =>
      (['float32', 'int32'] as const).map((dtype) =>
        sweepCase('TopK', {x: {shape: [rows, columns], dtype}}, {k, sorted: true}),
      ),
    ),
    ...(['left', 'right'] as const).map((side) =>
      sweepCase(
        'SearchSorted',
        {
          sortedSequence: {shape: [rows, columns], values: Array.from({length: elements}, (_, i) => i % columns)},
          values: {shape: [rows, columns], values: 'uniform', range: [0, columns]},
        },
        {side},
      ),
    ),
    sweepCase('Unique', {x: {shape: [elements], dtype: 'int32', values: 'uniform', range: [0, 1000]}}, {axis: 0}),
    sweepCase('Unique', {x: {shape: [elements], values: 'normal'}}, {axis: 0}),
    ...[true, false].map((normalized) =>
      sweepCase(
        'Multinomial',
        {logits: {shape: [rows, 10], values: 'uniform', range: [0, 0.1]}},
        {numSamples: columns, seed: 1, normalized},
      ),
    ),
  ];
}

/** How often numbers occur. */
export function counts({matrix, elements}: Size): KernelCase[] {
  return [10, 1000].flatMap((count) => [
    ...[0, elements].map((weights) =>
      sweepCase(
        'Bincount',
        {x: {shape: [elements], dtype: 'int32', values: 'uniform', range: [0, count - 1]}, weights: {shape: [weights]}},
        {size: count},
      ),
    ),
    ...[0, elements].flatMap((weights) =>
      [false, true].map((binaryOutput) =>
        sweepCase(
          'DenseBincount',
          {
            x: {shape: matrix, dtype: 'int32', values: 'uniform', range: [0, count - 1]},
            weights: {shape: weights === 0 ? [0] : matrix},
          },
          {size: count, binaryOutput},
        ),
      ),
    ),
  ]);
}
