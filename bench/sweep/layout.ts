import type {KernelCase} from '../../test/cases';
import {type Size, sweepCase} from './sizes';

const DTYPES = ['float32', 'int32', 'bool'] as const;

/** Kernels that move elements: joined, cut, turned, gathered, scattered. */
export function layout(size: Size): KernelCase[] {
  return DTYPES.flatMap((dtype) => [
    ...joined(size, dtype),
    ...cut(size, dtype),
    ...turned(size, dtype),
    ...indexed(size, dtype),
  ]).concat(sparse(size));
}

type Dtype = (typeof DTYPES)[number];

function joined({matrix, images}: Size, dtype: Dtype): KernelCase[] {
  const several = (shape: readonly number[]) => [1, 2, 3].map(() => ({shape, dtype}));
  const [rows, columns] = matrix;
  return [
    sweepCase('Concat', several(matrix), {axis: 0}),
    sweepCase('Concat', several(matrix), {axis: 1}),
    sweepCase('Concat', several(images), {axis: 3}),
    sweepCase('Concat', several([rows * columns, 1]), {axis: 1}),
    ...[0, 1, 2].map((axis) => sweepCase('Pack', several(matrix), {axis})),
    sweepCase('Tile', {x: {shape: [rows, columns], dtype}}, {reps: [2, 1]}),
    sweepCase('Tile', {x: {shape: [rows, columns], dtype}}, {reps: [1, 3]}),
    sweepCase('Tile', {x: {shape: [rows, 1], dtype}}, {reps: [1, columns]}),
    sweepCase('Tile', {x: {shape: [1, columns], dtype}}, {reps: [rows, 1]}),
    ...[matrix, images].map((shape) => {
      const paddings = shape.map((_, i) => (i === 0 && shape.length === 4 ? [0, 0] : [1, 2]));
      return sweepCase('PadV2', {x: {shape, dtype}}, {paddings, constantValue: 0});
    }),
    ...(['reflect', 'symmetric'] as const).map((mode) =>
      sweepCase(
        'MirrorPad',
        {x: {shape: images, dtype}},
        {
          paddings: [
            [0, 0],
            [2, 1],
            [1, 2],
            [0, 0],
          ],
          mode,
        },
      ),
    ),
  ];
}

function cut({matrix, images, elements}: Size, dtype: Dtype): KernelCase[] {
  const [rows, columns] = matrix;
  const [batch, height, width, channels] = images;
  const strided = (shape: readonly number[], begin: number[], strides: number[]) =>
    sweepCase(
      'StridedSlice',
      {x: {shape, dtype}},
      {begin, end: [...shape], strides, beginMask: 0, endMask: 0, ellipsisMask: 0, newAxisMask: 0, shrinkAxisMask: 0},
    );
  return [
    ...[0, 1].map((axis) => sweepCase('SplitV', {x: {shape: matrix, dtype}}, {numOrSizeSplits: 4, axis})),
    sweepCase('SplitV', {x: {shape: images, dtype}}, {numOrSizeSplits: 2, axis: 3}),
    sweepCase('Unpack', {value: {shape: [4, elements / 4], dtype}}, {axis: 0}),
    sweepCase('Unpack', {value: {shape: [elements / 4, 4], dtype}}, {axis: 1}),
    sweepCase('Slice', {x: {shape: [elements], dtype}}, {begin: [3], size: [elements - 9]}),
    sweepCase('Slice', {x: {shape: matrix, dtype}}, {begin: [1, 2], size: [rows - 2, columns - 3]}),
    sweepCase(
      'Slice',
      {x: {shape: [4, rows / 4, columns], dtype}},
      {begin: [0, 1, 2], size: [4, rows / 4 - 2, columns - 3]},
    ),
    sweepCase(
      'Slice',
      {x: {shape: images, dtype}},
      {begin: [0, 1, 1, 0], size: [batch, height - 2, width - 2, channels]},
    ),
    sweepCase('Slice', {x: {shape: images, dtype}}, {begin: [0, 1, 1, 1], size: [batch, height - 2, width - 2, 3]}),
    strided(matrix, [0, 0], [2, 1]),
    strided(matrix, [0, 0], [1, 2]),
    strided(images, [0, 0, 0, 0], [1, 2, 2, 1]),
    strided([elements], [0], [1]),
    strided(matrix, [1, 1], [1, 1]),
  ];
}

function turned({matrix, images, elements}: Size, dtype: Dtype): KernelCase[] {
  const [rows, columns] = matrix;
  const transposed = (shape: readonly number[], perm: number[]) => sweepCase('Transpose', {x: {shape, dtype}}, {perm});
  const [, height, width, channels] = images;
  return [
    transposed(matrix, [1, 0]),
    transposed([8, rows / 8, columns], [0, 2, 1]),
    transposed([8, rows / 8, columns], [1, 0, 2]),
    transposed([8, rows / 8, columns], [2, 1, 0]),
    transposed(images, [0, 3, 1, 2]),
    transposed([images[0], channels, height, width], [0, 2, 3, 1]),
    transposed(images, [0, 2, 1, 3]),
    transposed(images, [3, 2, 1, 0]),
    transposed([elements / 2, 2], [1, 0]),
    transposed([2, elements / 2], [1, 0]),
    transposed([2, 2, elements / 16, 2, 2], [4, 1, 2, 0, 3]),
    sweepCase('Reverse', {x: {shape: [elements], dtype}}, {dims: [0]}),
    sweepCase('Reverse', {x: {shape: matrix, dtype}}, {dims: [0]}),
    sweepCase('Reverse', {x: {shape: matrix, dtype}}, {dims: [1]}),
    sweepCase('Reverse', {x: {shape: images, dtype}}, {dims: [1, 2]}),
    sweepCase('DepthToSpace', {x: {shape: images, dtype}}, {blockSize: 2, dataFormat: 'NHWC'}),
    sweepCase(
      'SpaceToBatchND',
      {x: {shape: images, dtype}},
      {
        blockShape: [2, 2],
        paddings: [
          [0, 0],
          [0, 0],
        ],
      },
    ),
    sweepCase(
      'BatchToSpaceND',
      {x: {shape: [4 * images[0], height / 2, width / 2, channels], dtype}},
      {
        blockShape: [2, 2],
        crops: [
          [0, 0],
          [0, 0],
        ],
      },
    ),
  ];
}

function indexed({matrix, elements}: Size, dtype: Dtype): KernelCase[] {
  const [rows, columns] = matrix;
  const below = (n: number, shape: readonly number[]) =>
    ({shape, dtype: 'int32', values: 'uniform', range: [0, n - 1]}) as const;
  return [
    sweepCase('GatherV2', {x: {shape: matrix, dtype}, indices: below(rows, [rows])}, {axis: 0, batchDims: 0}),
    sweepCase('GatherV2', {x: {shape: matrix, dtype}, indices: below(columns, [columns])}, {axis: 1, batchDims: 0}),
    sweepCase(
      'GatherV2',
      {x: {shape: [elements], dtype}, indices: below(elements, [elements])},
      {axis: 0, batchDims: 0},
    ),
    sweepCase('GatherNd', {params: {shape: matrix, dtype}, indices: below(rows, [rows, 1])}),
    sweepCase('GatherNd', {params: {shape: matrix, dtype}, indices: below(Math.min(rows, columns), [elements / 2, 2])}),
    sweepCase('ScatterNd', {indices: below(rows, [rows, 1]), updates: {shape: matrix, dtype}}, {shape: matrix}),
    sweepCase(
      'ScatterNd',
      {indices: below(elements, [elements, 1]), updates: {shape: [elements], dtype}},
      {shape: [elements]},
    ),
    sweepCase(
      'TensorScatterUpdate',
      {tensor: {shape: matrix, dtype}, indices: below(rows, [rows, 1]), updates: {shape: matrix, dtype}},
      {},
    ),
    sweepCase(
      'TensorScatterUpdate',
      {
        tensor: {shape: [elements], dtype},
        indices: below(elements, [elements / 2, 1]),
        updates: {shape: [elements / 2], dtype},
      },
      {},
    ),
    sweepCase('OneHot', {indices: below(10, [elements / 16])}, {depth: 10, onValue: 1, offValue: 0, dtype}),
    sweepCase('OneHot', {indices: below(rows, [rows])}, {depth: columns, onValue: 1, offValue: 0, dtype}),
    sweepCase('Diag', {x: {shape: [rows], dtype}}),
  ];
}

/** Sparse tensors and segments: float32 alone. */
function sparse({matrix, elements}: Size): KernelCase[] {
  const [rows, columns] = matrix;
  const segments = Array.from({length: rows}, (_, i) => Math.floor(i / 4));
  const sequence = Array.from({length: elements}, (_, i) => i);
  return [
    ...['SparseSegmentSum', 'SparseSegmentMean'].map((kernel) =>
      sweepCase(kernel, {
        data: {shape: matrix},
        indices: {shape: [rows], dtype: 'int32', values: 'uniform', range: [0, rows - 1]},
        segmentIds: {shape: [rows], dtype: 'int32', values: segments},
      }),
    ),
    sweepCase(
      'SparseToDense',
      {
        sparseIndices: {shape: [elements, 1], dtype: 'int32', values: sequence},
        sparseValues: {shape: [elements]},
        defaultValue: {shape: []},
      },
      {outputShape: [elements]},
    ),
    sweepCase('SparseReshape', {
      inputIndices: {
        shape: [elements / 2, 2],
        dtype: 'int32',
        values: sequence.map((i) => (i % 2 === 0 ? Math.floor(i / 2 / columns) : Math.floor(i / 2) % columns)),
      },
      inputShape: {shape: [2], dtype: 'int32', values: [rows, columns]},
      newShape: {shape: [2], dtype: 'int32', values: [columns, -1]},
    }),
    sweepCase('SparseFillEmptyRows', {
      indices: {shape: [elements / 2, 2], dtype: 'int32', values: sequence.map((i) => (i % 2 === 0 ? i : 0))},
      values: {shape: [elements / 2]},
      denseShape: {shape: [2], dtype: 'int32', values: [elements, 3]},
      defaultValue: {shape: [], values: [0]},
    }),
  ];
}
