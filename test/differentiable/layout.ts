import * as tf from '@tensorflow/tfjs-core';
import {type DifferentiableCase, differentiable, type Options} from './types';

type Pair = [number, number];

const transposes: readonly (readonly [shape: number[], perm: number[] | undefined])[] = [
  [[2, 3], undefined],
  [[4], undefined],
  [
    [2, 3, 2],
    [2, 0, 1],
  ],
  [
    [2, 3, 2],
    [0, 2, 1],
  ],
  [
    [2, 1, 3, 2],
    [3, 0, 2, 1],
  ],
  [
    [2, 1, 2, 1, 2],
    [4, 2, 0, 1, 3],
  ],
];

const paddings: readonly (readonly [shape: number[], Pair[]])[] = [
  [[3], [[1, 2]]],
  [
    [2, 3],
    [
      [0, 2],
      [1, 0],
    ],
  ],
  [
    [3, 4],
    [
      [-1, 1],
      [2, -2],
    ],
  ],
  [
    [3, 4],
    [
      [-1, -1],
      [0, -2],
    ],
  ],
  [
    [2, 1, 3],
    [
      [1, 0],
      [0, 0],
      [0, 1],
    ],
  ],
  [
    [2, 1, 3, 1],
    [
      [1, 1],
      [0, 1],
      [0, 0],
      [2, 0],
    ],
  ],
];

const mirrors: readonly (readonly [shape: number[], Pair[]])[] = [
  [[4], [[2, 3]]],
  [
    [3, 4],
    [
      [2, 1],
      [0, 3],
    ],
  ],
  [
    [3, 4],
    [
      [0, 0],
      [1, 1],
    ],
  ],
  [
    [3, 2, 3],
    [
      [2, 2],
      [1, 1],
      [0, 2],
    ],
  ],
];

const tiles: readonly (readonly [shape: number[], reps: number[]])[] = [
  [[3], [2]],
  [
    [2, 3],
    [2, 2],
  ],
  [
    [2, 3],
    [1, 3],
  ],
  [
    [2, 1, 3],
    [1, 3, 2],
  ],
  [
    [1, 2, 1, 2],
    [2, 1, 2, 3],
  ],
  [
    [1, 2, 1, 2, 1],
    [2, 1, 2, 1, 3],
  ],
  [
    [1, 2, 1, 1, 2, 1],
    [1, 2, 1, 2, 1, 3],
  ],
];

const broadcasts: readonly (readonly [shape: number[], to: number[]])[] = [
  [[], [2, 3]],
  [[3], [2, 3]],
  [
    [2, 1],
    [2, 3],
  ],
  [
    [1, 3],
    [2, 3],
  ],
  [
    [1, 2, 1],
    [2, 3, 2, 2],
  ],
  [
    [2, 3],
    [2, 3],
  ],
  [
    [2, 1],
    [1, 2, 1, 2, 3],
  ],
];

const mirrored: Options = {wrong: 'it leaves out what the padding mirrors'};
const tiled = (shape: readonly number[]): Options => (shape.length > 4 ? {wrong: 'it ends at rank 4'} : {});

export const cases: readonly DifferentiableCase[] = [
  differentiable('reshape', '', [[2, 3]], (x: tf.Tensor) => tf.reshape(x, [3, 2])),
  differentiable('reshape', 'to a scalar', [[1, 1]], (x: tf.Tensor) => tf.reshape(x, [])),
  differentiable('expandDims', '', [[2, 3]], (x: tf.Tensor) => tf.expandDims(x, 1)),
  differentiable('expandDims', 'axis -1', [[2, 3]], (x: tf.Tensor) => tf.expandDims(x, -1)),
  differentiable('squeeze', '', [[1, 2, 1, 3]], (x: tf.Tensor) => tf.squeeze(x)),
  differentiable('ensureShape', '', [[2, 3]], (x: tf.Tensor) => tf.ensureShape(x, [2, 3])),
  ...transposes.map(([shape, perm]) =>
    differentiable('transpose', `[${shape}] by [${perm ?? ''}]`, [shape], (x: tf.Tensor) => tf.transpose(x, perm)),
  ),
  ...[undefined, 0, 1, -1, [0, 2], [2, 1]].map((axis) =>
    differentiable('reverse', `axis ${axis}`, [[2, 3, 2]], (x: tf.Tensor) => tf.reverse(x, axis)),
  ),
  ...paddings.map(([shape, by]) =>
    differentiable(
      'pad',
      `[${shape}] by ${JSON.stringify(by)}`,
      [shape],
      (x: tf.Tensor) => tf.pad(x, by),
      by.flat().some((n) => n < 0) ? {wrong: 'it takes no negative paddings'} : {},
    ),
  ),
  differentiable('pad', 'with another constant', [[2, 3]], (x: tf.Tensor) =>
    tf.pad(
      x,
      [
        [1, 0],
        [0, 2],
      ],
      7,
    ),
  ),
  ...mirrors.flatMap(([shape, by]) => [
    differentiable(
      'mirrorPad',
      `reflect, [${shape}] by ${JSON.stringify(by)}`,
      [shape],
      (x: tf.Tensor) => tf.mirrorPad(x, by, 'reflect'),
      mirrored,
    ),
    differentiable(
      'mirrorPad',
      `symmetric, [${shape}] by ${JSON.stringify(by)}`,
      [shape],
      (x: tf.Tensor) => tf.mirrorPad(x, by, 'symmetric'),
      mirrored,
    ),
  ]),
  ...tiles.map(([shape, reps]) =>
    differentiable('tile', `[${shape}] by [${reps}]`, [shape], (x: tf.Tensor) => tf.tile(x, reps), tiled(shape)),
  ),
  ...broadcasts.map(([shape, to]) =>
    differentiable('broadcastTo', `[${shape}] to [${to}]`, [shape], (x: tf.Tensor) =>
      tf.broadcastTo(x, to as [number]),
    ),
  ),
  differentiable('meshgrid', '', [[2], [3]], (x: tf.Tensor1D, y: tf.Tensor1D) => tf.meshgrid(x, y)),
  differentiable('meshgrid', 'ij', [[2], [3]], (x: tf.Tensor1D, y: tf.Tensor1D) => tf.meshgrid(x, y, {indexing: 'ij'})),
  differentiable('spaceToBatchND', '', [[1, 4, 4, 2]], (x: tf.Tensor) =>
    tf.spaceToBatchND(
      x,
      [2, 2],
      [
        [0, 0],
        [0, 0],
      ],
    ),
  ),
  differentiable('spaceToBatchND', 'padding', [[2, 3, 4, 1]], (x: tf.Tensor) =>
    tf.spaceToBatchND(
      x,
      [2, 3],
      [
        [1, 0],
        [0, 2],
      ],
    ),
  ),
  differentiable('batchToSpaceND', '', [[4, 2, 2, 1]], (x: tf.Tensor) =>
    tf.batchToSpaceND(
      x,
      [2, 2],
      [
        [0, 0],
        [0, 0],
      ],
    ),
  ),
  differentiable('batchToSpaceND', 'crops', [[4, 2, 3, 1]], (x: tf.Tensor) =>
    tf.batchToSpaceND(
      x,
      [2, 2],
      [
        [1, 0],
        [1, 2],
      ],
    ),
  ),
  differentiable('depthToSpace', '', [[1, 2, 2, 4]], (x: tf.Tensor4D) => tf.depthToSpace(x, 2), {
    missing: 'gradient function not found for DepthToSpace',
  }),
  differentiable('diag', '', [[3]], (x: tf.Tensor) => tf.diag(x), {missing: 'gradient function not found for Diag'}),
  differentiable('linalg.bandPart', '', [[2, 3, 3]], (x: tf.Tensor) => tf.linalg.bandPart(x, 1, 0)),
  differentiable('linalg.gramSchmidt', '', [[2, 3]], (x: tf.Tensor2D) => tf.linalg.gramSchmidt(x) as tf.Tensor2D),
  differentiable('linalg.qr', '', [[3, 2]], (x: tf.Tensor2D) => tf.linalg.qr(x), {
    missing: 'gradient function not found for Greater',
  }),
];
