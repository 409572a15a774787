import * as tf from '@tensorflow/tfjs-core';
import {type DifferentiableCase, differentiable, type Options} from './types';

const gathers: readonly {
  x: number[];
  indices: number[];
  shape: number[];
  axis?: number;
  batchDims?: number;
}[] = [
  {x: [3, 2], indices: [2, 0, 2, 1], shape: [4]},
  {x: [3, 2], indices: [1], shape: []},
  {x: [3, 2], indices: [2, 0, 2, 1], shape: [2, 2]},
  {x: [2, 3, 2], indices: [2, 0, 2], shape: [3], axis: 1},
  {x: [2, 3, 2], indices: [1, 0, 1, 1], shape: [2, 2], axis: 2},
  {x: [2, 3, 2], indices: [1, 1], shape: [2], axis: -1},
  {x: [2, 3, 2], indices: [2, 0], shape: [2], axis: -2},
  {x: [2, 3], indices: [2, 0, 1, 1], shape: [2, 2], axis: 1, batchDims: 1},
  {x: [2, 3, 2], indices: [2, 0, 1, 1], shape: [2, 2], axis: 1, batchDims: 1},
  {x: [2, 2, 3], indices: [2, 0, 1, 1], shape: [2, 2], axis: 2, batchDims: 1},
  {x: [2, 2, 3], indices: [2, 0, 1, 1], shape: [2, 2, 1], axis: 2, batchDims: 2},
  {x: [2, 2, 3], indices: [2, 0, 1, 1, 0, 2, 2, 2], shape: [2, 2, 2], axis: -1, batchDims: 2},
];

const lacks = (kernel: string): Options => ({missing: `gradient function not found for ${kernel}`});

export const cases: readonly DifferentiableCase[] = [
  ...gathers.map(({x, indices, shape, axis = 0, batchDims = 0}) =>
    differentiable(
      'gather',
      `[${x}], indices [${shape}], axis ${axis}, batchDims ${batchDims}`,
      [x],
      (x: tf.Tensor) => tf.gather(x, tf.tensor(indices, shape, 'int32'), axis, batchDims),
      batchDims === 0
        ? {}
        : {
            wrong:
              batchDims === 1
                ? 'it calls methods of tensors that tfjs-core alone does not have'
                : 'it takes no more than one dimension for a batch',
          },
    ),
  ),
  differentiable('slice', '', [[3, 4]], (x: tf.Tensor) => tf.slice(x, [1, 1], [2, 2])),
  differentiable('slice', 'to the end', [[3, 4]], (x: tf.Tensor) => tf.slice(x, [1, 2], [-1, -1])),
  differentiable('slice', 'begin alone', [[3, 4]], (x: tf.Tensor) => tf.slice(x, 1)),
  differentiable('slice', 'rank 5', [[2, 1, 2, 2, 2]], (x: tf.Tensor) => tf.slice(x, [0, 0, 1, 0, 1], [2, 1, 1, 2, 1])),
  differentiable('slice', 'nothing', [[2, 2]], (x: tf.Tensor) => tf.concat([tf.slice(x, [0, 0], [0, 2]), x])),
  differentiable(
    'stridedSlice',
    '',
    [[3, 4]],
    (x: tf.Tensor) => tf.stridedSlice(x, [0, 1], [3, 4], [2, 2]),
    lacks('StridedSlice'),
  ),
  differentiable('split', 'even', [[2, 4]], (x: tf.Tensor) => tf.split(x, 2, 1)),
  differentiable('split', 'sizes', [[5, 2]], (x: tf.Tensor) => tf.split(x, [1, 3, 1])),
  differentiable('split', 'axis -1, a part unused', [[2, 4]], (x: tf.Tensor) => tf.split(x, [1, 3], -1)[1]),
  differentiable('unstack', '', [[2, 3]], (x: tf.Tensor) => tf.unstack(x)),
  differentiable('unstack', 'axis -1', [[2, 3]], (x: tf.Tensor) => tf.unstack(x, -1)),
  differentiable('unstack', 'axis 1, one unused', [[2, 3, 2]], (x: tf.Tensor) => tf.unstack(x, 1).slice(1)),
  differentiable(
    'stack',
    '',
    [
      [2, 3],
      [2, 3],
    ],
    (a: tf.Tensor, b: tf.Tensor) => tf.stack([a, b]),
  ),
  differentiable(
    'stack',
    'axis 2',
    [
      [2, 3],
      [2, 3],
    ],
    (a: tf.Tensor, b: tf.Tensor) => tf.stack([a, b], 2),
  ),
  differentiable(
    'stack',
    'axis -1, one of them twice',
    [
      [2, 3],
      [2, 3],
    ],
    (a: tf.Tensor, b: tf.Tensor) => tf.stack([a, b, a], -1),
  ),
  differentiable(
    'concat',
    '',
    [
      [2, 3],
      [1, 3],
    ],
    (a: tf.Tensor, b: tf.Tensor) => tf.concat([a, b]),
  ),
  differentiable(
    'concat',
    'axis -1',
    [
      [2, 3],
      [2, 2],
    ],
    (a: tf.Tensor, b: tf.Tensor) => tf.concat([a, b], -1),
  ),
  differentiable(
    'concat',
    'one of them twice, one empty',
    [
      [2, 3],
      [2, 2],
    ],
    (a: tf.Tensor, b: tf.Tensor) => tf.concat([a, b, tf.zeros([2, 0]), a], 1),
  ),
  ...[
    [0, 1, 0, 2],
    [2, -1, 0, -1],
  ].map((ids) =>
    differentiable('unsortedSegmentSum', `segments ${ids}`, [[4, 2]], (x: tf.Tensor) =>
      tf.unsortedSegmentSum(x, tf.tensor1d(ids, 'int32'), 3),
    ),
  ),
  differentiable('unsortedSegmentSum', 'rank 1', [[4]], (x: tf.Tensor) =>
    tf.unsortedSegmentSum(x, tf.tensor1d([1, 1, -1, 0], 'int32'), 2),
  ),
  differentiable('unsortedSegmentSum', 'rank 3', [[3, 2, 2]], (x: tf.Tensor) =>
    tf.unsortedSegmentSum(x, tf.tensor1d([1, -1, 1], 'int32'), 2),
  ),
  differentiable('oneHot', 'its values', [[], []], (on: tf.Tensor, off: tf.Tensor) => {
    const mask = tf.cast(tf.oneHot(tf.tensor1d([0, 2], 'int32'), 3), 'float32');
    return tf.add(tf.mul(mask, on), tf.mul(tf.sub(1, mask), off));
  }),
  differentiable('oneHot', 'its indices', [{shape: [2], values: [0.4, 1.4]}], (x: tf.Tensor) =>
    tf.cast(tf.oneHot(tf.cast(x, 'int32'), 3), 'float32'),
  ),
  differentiable(
    'gatherND',
    '',
    [[3, 2]],
    (x: tf.Tensor) => tf.gatherND(x, tf.tensor2d([[0], [2]], undefined, 'int32')),
    lacks('GatherNd'),
  ),
  differentiable(
    'scatterND',
    '',
    [[2]],
    (x: tf.Tensor) => tf.scatterND(tf.tensor2d([[0], [2]], undefined, 'int32'), x, [4]),
    lacks('ScatterNd'),
  ),
  differentiable(
    'tensorScatterUpdate',
    '',
    [[4], [2]],
    (x: tf.Tensor, updates: tf.Tensor) =>
      tf.tensorScatterUpdate(x, tf.tensor2d([[0], [2]], undefined, 'int32'), updates),
    lacks('TensorScatterUpdate'),
  ),
  differentiable(
    'sparseToDense',
    '',
    [[2]],
    (x: tf.Tensor1D) => tf.sparseToDense(tf.tensor1d([0, 2], 'int32'), x, [4]),
    lacks('SparseToDense'),
  ),
  differentiable(
    'bincount',
    'its weights',
    [[3]],
    (weights: tf.Tensor1D) => tf.bincount(tf.tensor1d([0, 2, 2], 'int32'), weights, 3),
    lacks('Bincount'),
  ),
  differentiable(
    'denseBincount',
    'its weights',
    [[3]],
    (weights: tf.Tensor1D) => tf.denseBincount(tf.tensor1d([0, 2, 2], 'int32'), weights, 3),
    lacks('DenseBincount'),
  ),
  differentiable('signal.frame', '', [[7]], (x: tf.Tensor1D) => tf.signal.frame(x, 3, 2)),
  differentiable('signal.frame', 'padEnd', [[6]], (x: tf.Tensor1D) => tf.signal.frame(x, 3, 2, true)),
];
