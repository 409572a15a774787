import {call, calls, dtypes, timed, wordsOnly} from './calls';
import {emptyShapes, tails} from './sweeps';
import type {KernelCase} from './types';

const flip = (shape: readonly number[]): KernelCase[] =>
  dtypes.map((dtype) => ({
    kernel: 'FlipLeftRight',
    name: `${dtype} [${shape}]`,
    inputs: {image: {shape, dtype}},
    ...(dtype === 'bool' ? wordsOnly : {}),
  }));

const flips: readonly KernelCase[] = [
  ...tails.flatMap((n) => [...flip([2, 3, n, 1]), ...flip([2, 2, 5, n])]),
  ...flip([0, 3, 4, 2]),
  ...flip([2, 3, 0, 2]),
  ...flip([2, 3, 4, 0]),
  {
    kernel: 'FlipLeftRight',
    name: 'special',
    inputs: {image: {shape: [1, 5, 9, 3], values: 'special'}},
    signedZero: true,
  },
  {...flip([128, 28, 28, 1])[0], ...timed},
  {...flip([128, 28, 28, 16])[0], ...timed},
];

const mirror = (before: number[], after: number[], mode: 'reflect' | 'symmetric') => ({
  paddings: before.map((n, i) => [n, after[i]]),
  mode,
});

const mirrored: readonly KernelCase[] = [
  ...(['reflect', 'symmetric'] as const).flatMap((mode) => [
    ...tails.flatMap((n) => calls('MirrorPad', [3, n], mirror([2, Math.min(n - 1, 3)], [1, n - 1], mode))),
    ...calls('MirrorPad', [5], mirror([0], [3], mode)),
    ...calls('MirrorPad', [2, 3, 4], mirror([1, 0, 0], [0, 2, 0], mode)),
    ...calls('MirrorPad', [2, 3, 4, 5], mirror([0, 1, 2, 0], [0, 1, 0, 0], mode)),
    ...calls('MirrorPad', [2, 3, 2, 3, 2], mirror([1, 0, 1, 0, 1], [0, 2, 0, 0, 1], mode)),
    ...calls('MirrorPad', [2, 3], mirror([0, 0], [0, 0], mode)),
    // Slabs that are copied in bulk.
    call('MirrorPad', [3, 300], mirror([1, 100], [2, 200], mode)),
    {...call('MirrorPad', [], mirror([], [], mode)), tfjsWasm: {skip: 'it leaves a scalar unwritten'}},
    ...emptyShapes.map((shape) =>
      call(
        'MirrorPad',
        shape,
        mirror(
          shape.map(() => 0),
          shape.map(() => 0),
          mode,
        ),
      ),
    ),
    {...call('MirrorPad', [3, 4, 5], mirror([1, 1, 1], [1, 1, 1], mode), {values: 'special'}), signedZero: true},
    {
      ...call('MirrorPad', [3, 4], mirror([1, 3], [2, 0], mode)),
      name: `gradient ${mode}`,
      gradient: true as const,
      wrongGradient: 'it leaves out what was mirrored',
    },
    {...call('MirrorPad', [128, 28, 28, 8], mirror([0, 1, 1, 0], [0, 1, 1, 0], mode)), ...timed},
  ]),
  ...calls('MirrorPad', [2, 3], mirror([2, 3], [2, 0], 'symmetric')),
  call('MirrorPad', [0, 3], mirror([0, 2], [0, 1], 'reflect')),
  {
    ...call('MirrorPad', [2, 3], mirror([0, 3], [0, 0], 'reflect')),
    name: 'more than there is to mirror',
    throws: /paddings\[1\] is \[3, 0\]; expected two numbers from 0 to 2/,
  },
  {
    ...call('MirrorPad', [2, 3], mirror([0, 0], [-1, 0], 'symmetric')),
    name: 'negative padding',
    throws: /paddings\[0\] is \[0, -1\]/,
  },
];

const batchToSpace: readonly KernelCase[] = [
  ...tails.flatMap((n) =>
    calls('BatchToSpaceND', [4, 3, 2, n], {
      blockShape: [2, 2],
      crops: [
        [0, 0],
        [0, 0],
      ],
    }),
  ),
  ...calls('BatchToSpaceND', [12, 3, 5, 3], {
    blockShape: [2, 3],
    crops: [
      [1, 2],
      [0, 4],
    ],
  }),
  ...calls('BatchToSpaceND', [6, 4], {blockShape: [3], crops: [[1, 0]]}),
  ...calls('BatchToSpaceND', [8, 2, 3, 2, 3], {
    blockShape: [2, 1, 2],
    crops: [
      [0, 1],
      [1, 0],
      [0, 0],
    ],
  }),
  call('BatchToSpaceND', [3, 4, 5], {
    blockShape: [1, 1],
    crops: [
      [0, 0],
      [1, 1],
    ],
  }),
  call('BatchToSpaceND', [0, 4, 5], {
    blockShape: [2, 2],
    crops: [
      [0, 0],
      [0, 0],
    ],
  }),
  call('BatchToSpaceND', [4, 1, 2, 3], {
    blockShape: [2, 2],
    crops: [
      [1, 1],
      [0, 0],
    ],
  }),
  {
    ...call('BatchToSpaceND', [4, 2, 2, 2], {
      blockShape: [2, 2],
      crops: [
        [1, 0],
        [0, 1],
      ],
    }),
    name: 'gradient',
    gradient: true,
  },
  {
    ...call('BatchToSpaceND', [6, 2, 2], {
      blockShape: [2, 2],
      crops: [
        [0, 0],
        [0, 0],
      ],
    }),
    name: 'a batch that is no multiple',
    throws: /the batch is 6; expected a multiple of blockShape \[2,2\]/,
  },
  {
    ...call('BatchToSpaceND', [4, 2, 2], {
      blockShape: [2, 2],
      crops: [
        [3, 2],
        [0, 0],
      ],
    }),
    name: 'crops larger than the image',
    throws: /expected 0 <= begin/,
  },
  {
    ...call('BatchToSpaceND', [128, 14, 14, 32], {
      blockShape: [2, 2],
      crops: [
        [0, 0],
        [0, 0],
      ],
    }),
    ...timed,
  },
];

const spaceToBatch: readonly KernelCase[] = [
  ...tails.flatMap((n) =>
    calls('SpaceToBatchND', [2, 4, 6, n], {
      blockShape: [2, 2],
      paddings: [
        [0, 0],
        [0, 0],
      ],
    }),
  ),
  ...calls('SpaceToBatchND', [2, 3, 5, 3], {
    blockShape: [2, 3],
    paddings: [
      [1, 2],
      [0, 1],
    ],
  }),
  ...calls('SpaceToBatchND', [2, 4], {blockShape: [3], paddings: [[1, 1]]}),
  ...calls('SpaceToBatchND', [1, 3, 2, 3, 2], {
    blockShape: [2, 1, 3],
    paddings: [
      [0, 1],
      [1, 0],
      [0, 0],
    ],
  }),
  call('SpaceToBatchND', [3, 4, 5], {
    blockShape: [1, 1],
    paddings: [
      [0, 0],
      [0, 0],
    ],
  }),
  call('SpaceToBatchND', [0, 4, 6], {
    blockShape: [2, 2],
    paddings: [
      [0, 0],
      [0, 0],
    ],
  }),
  call('SpaceToBatchND', [1, 0, 6], {
    blockShape: [2, 2],
    paddings: [
      [2, 0],
      [0, 0],
    ],
  }),
  {
    ...call('SpaceToBatchND', [1, 3, 3, 2], {
      blockShape: [2, 2],
      paddings: [
        [1, 0],
        [0, 1],
      ],
    }),
    name: 'gradient',
    gradient: true,
  },
  {
    ...call('SpaceToBatchND', [1, 3, 4], {
      blockShape: [2, 2],
      paddings: [
        [0, 0],
        [0, 0],
      ],
    }),
    name: 'a size that is no multiple',
    throws: /x with its paddings is \[1,3,4\]; expected multiples of blockShape \[2,2\]/,
  },
  {
    ...call('SpaceToBatchND', [128, 28, 28, 32], {
      blockShape: [2, 2],
      paddings: [
        [0, 0],
        [0, 0],
      ],
    }),
    ...timed,
  },
];

const NHWC = 'NHWC';
/** NCHW, which the CPU backend does not have, is in test/image.test.ts. */
const depthToSpace: readonly KernelCase[] = [
  ...[
    ...tails.flatMap((n) => calls('DepthToSpace', [2, 3, 2, 4 * n], {blockSize: 2, dataFormat: NHWC})),
    ...calls('DepthToSpace', [2, 2, 3, 18], {blockSize: 3, dataFormat: NHWC}),
  ].map((c) => ({
    ...c,
    ...(c.name.startsWith('int32') ? {tfjsWasm: {differs: 'its result is float32 whatever x is'}} : {}),
    ...(c.name.startsWith('bool') ? wordsOnly : {}),
  })),
  call('DepthToSpace', [2, 2, 3, 5], {blockSize: 1, dataFormat: NHWC}),
  call('DepthToSpace', [0, 2, 3, 4], {blockSize: 2, dataFormat: NHWC}),
  call('DepthToSpace', [2, 0, 3, 4], {blockSize: 2, dataFormat: NHWC}),
  {
    ...call('DepthToSpace', [1, 2, 3, 6], {blockSize: 2, dataFormat: NHWC}),
    name: 'channels that are no multiple',
    throws: /x has 6 channels; expected a multiple of 2 \* 2/,
  },
  {...call('DepthToSpace', [32, 28, 28, 64], {blockSize: 2, dataFormat: NHWC}), ...timed},
];

/** Kernels that move pixels: mirrored, and between space and batch or depth. */
export const cases: readonly KernelCase[] = [...flips, ...mirrored, ...batchToSpace, ...spaceToBatch, ...depthToSpace];
