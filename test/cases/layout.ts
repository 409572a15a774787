import type {DataType} from '@tensorflow/tfjs-core';
import {emptyShapes, type InputTemplate, tails} from './sweeps';
import type {CaseOptions, InputSpec, KernelCase} from './types';

const dtypes = ['float32', 'int32', 'bool'] as const;
const timed: CaseOptions = {bench: true, test: false};

/** One call with the input x, of which the name says dtype, shape and attributes. */
function call(kernel: string, shape: readonly number[], attrs: object, template: InputTemplate = {}): KernelCase {
  const {dtype = 'float32', values} = template;
  return {
    kernel,
    name: `${dtype} [${shape}] ${JSON.stringify(attrs)}${values ? ` ${values}` : ''}`,
    inputs: {x: {...template, shape}},
    attrs: attrs as KernelCase['attrs'],
  };
}

/** The same for every dtype that has kernels of its own. */
function calls(kernel: string, shape: readonly number[], attrs: object): KernelCase[] {
  return dtypes.map((dtype) => call(kernel, shape, attrs, {dtype}));
}

const transposes: readonly KernelCase[] = [
  // Blocks of 16 and of 4, and every remainder, either way.
  ...tails.flatMap((n) => [
    ...calls('Transpose', [n, 9], {perm: [1, 0]}),
    ...calls('Transpose', [18, n], {perm: [1, 0]}),
  ]),
  call('Transpose', [], {perm: []}),
  call('Transpose', [5], {perm: [0]}),
  call('Transpose', [1, 6, 1], {perm: [2, 0, 1]}),
  ...[
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ].flatMap((perm) => calls('Transpose', [5, 6, 7], {perm})),
  ...[
    [0, 3, 1, 2],
    [0, 2, 3, 1],
    [3, 1, 0, 2],
    [2, 0, 3, 1],
    [3, 2, 1, 0],
  ].flatMap((perm) => calls('Transpose', [4, 5, 6, 7], {perm})),
  call('Transpose', [2, 3, 1, 4, 5, 6], {perm: [5, 3, 1, 0, 4, 2]}),
  call('Transpose', [2, 3, 4, 5, 2, 3], {perm: [3, 4, 5, 0, 1, 2]}),
  ...emptyShapes.map((shape) => call('Transpose', shape, {perm: shape.map((_, i) => shape.length - 1 - i)})),
  {...call('Transpose', [7, 9], {perm: [1, 0]}, {values: 'special'}), signedZero: true},
  {...call('Transpose', [3, 4, 5], {perm: [2, 0, 1]}), name: 'gradient', gradient: true},
  {...call('Transpose', [1000, 784], {perm: [1, 0]}), ...timed},
  {...call('Transpose', [128, 28, 28, 6], {perm: [0, 3, 1, 2]}), ...timed},
];

/** What tfjs-backend-wasm copies without a look at whether it is there. */
const outside: CaseOptions = {throws: /begin\[1\]/};

const slices: readonly KernelCase[] = [
  ...tails.flatMap((n) => calls('Slice', [5, n + 2], {begin: [1, 1], size: [3, n]})),
  ...calls('Slice', [7], {begin: [2], size: [4]}),
  ...calls('Slice', [6, 5], {begin: [2, 0], size: [3, 5]}),
  ...calls('Slice', [3, 4, 5], {begin: [1, 1, 0], size: [2, 2, 5]}),
  ...calls('Slice', [3, 4, 5], {begin: [0, 1, 2], size: [-1, 2, -1]}),
  ...calls('Slice', [2, 3, 4, 5], {begin: [1, 0, 1, 2], size: [1, 3, 2, 2]}),
  call('Slice', [2, 3, 2, 2, 3, 2], {begin: [0, 1, 1, 0, 1, 0], size: [2, 2, 1, 2, 2, 1]}),
  call('Slice', [3, 4], {begin: [1, 2], size: [0, 2]}),
  call('Slice', [3, 200], {begin: [1, 20], size: [2, 150]}),
  call('Slice', [0, 4], {begin: [0, 1], size: [0, 2]}),
  {...call('Slice', [4, 5], {begin: [1, 1], size: [2, 3]}), name: 'gradient', gradient: true},
  {...call('Slice', [4, 5], {begin: [0, 3], size: [4, 3]}), name: 'too large', ...outside},
  {...call('Slice', [4, 5], {begin: [0, 6], size: [4, -1]}), name: 'begins behind the end', ...outside},
  {...call('Slice', [4, 5], {begin: [0, -2], size: [4, 2]}), name: 'begins before the beginning', ...outside},
  {...call('Slice', [4, 5], {begin: [0, 0, 0], size: [1, 1, 1]}), name: 'of another rank', throws: /rank/},
  {...call('Slice', [128, 28, 28, 8], {begin: [0, 2, 2, 0], size: [128, 24, 24, 8]}), ...timed},
];

const onlyFloats: CaseOptions = {tfjsWasm: {skip: 'some of its strided slices are float32, whatever the dtype'}};
const noMasks = {beginMask: 0, endMask: 0, ellipsisMask: 0, newAxisMask: 0, shrinkAxisMask: 0};
const strided = (shape: number[], begin: number[], end: number[], strides: number[], masks = {}) =>
  calls('StridedSlice', shape, {begin, end, strides, ...noMasks, ...masks}).map((c, i) =>
    i > 0 ? {...c, ...onlyFloats} : c,
  );

const stridedSlices: readonly KernelCase[] = [
  ...strided([9], [1], [8], [2]),
  ...strided([9], [7], [1], [-2]),
  ...strided([9], [-1], [-8], [-1]),
  ...strided([9], [0], [0], [1], {endMask: 1}),
  ...strided([6, 7], [1, 5], [6, 0], [2, -2]),
  ...strided([6, 7], [1, 2], [4, 6], [1, 1]),
  ...strided([6, 7], [2, 0], [4, 7], [1, 1]),
  ...strided([4, 5, 6], [0, 1, 0], [4, 5, 6], [3, 2, 1]),
  ...strided([4, 5, 6], [1], [2], [1], {shrinkAxisMask: 1}),
  ...strided([4, 5, 6], [0, 3], [0, 5], [1, 2], {ellipsisMask: 1}),
  ...strided([4, 5, 6], [0, 1], [0, 3], [1, 1], {newAxisMask: 1}),
];

const wordsOnly: CaseOptions = {tfjsWasm: {skip: 'it takes bytes for words, and reads and writes past the end'}};

const reversals: readonly KernelCase[] = [
  ...[
    ...tails.flatMap((n) => calls('Reverse', [3, n], {dims: [1]})),
    ...calls('Reverse', [4, 5, 3], {dims: [0]}),
    ...calls('Reverse', [4, 5, 3], {dims: [1, -1]}),
    ...calls('Reverse', [2, 3, 4, 5], {dims: [0, 1, 2, 3]}),
    ...calls('Reverse', [2, 3], {dims: []}),
  ].map((c) => (c.name.startsWith('bool') ? {...c, ...wordsOnly} : c)),
  call('Reverse', [], {dims: []}),
  ...emptyShapes.map((shape) => call('Reverse', shape, {dims: [0]})),
  {...call('Reverse', [3, 4], {dims: [1]}), name: 'gradient', gradient: true},
];

const tiles: readonly KernelCase[] = [
  ...tails.flatMap((n) => [...calls('Tile', [1, n], {reps: [5, 1]}), ...calls('Tile', [n, 1], {reps: [1, 7]})]),
  ...calls('Tile', [3], {reps: [4]}),
  ...calls('Tile', [2, 3], {reps: [2, 3]}),
  ...calls('Tile', [2, 1, 3], {reps: [3, 4, 1]}),
  ...calls('Tile', [1, 1, 1, 6], {reps: [2, 5, 3, 1]}),
  call('Tile', [2, 3, 1, 2], {reps: [1, 2, 3, 2]}),
  // A run is doubled up to some thousand bytes, then copied in bulk; a long one is copied in bulk at once.
  call('Tile', [1, 33], {reps: [500, 1]}),
  call('Tile', [1, 700], {reps: [30, 1]}),
  call('Tile', [], {reps: []}),
  call('Tile', [2, 3], {reps: [0, 2]}),
  ...emptyShapes.map((shape) => call('Tile', shape, {reps: shape.map(() => 2)})),
  {...call('Tile', [2, 3], {reps: [2, 2]}), name: 'gradient', gradient: true},
  {...call('Tile', [1, 1, 1, 32], {reps: [128, 26, 26, 1]}), ...timed},
];

const pads: readonly KernelCase[] = [
  ...tails.flatMap((n) =>
    calls('PadV2', [3, n], {
      paddings: [
        [1, 2],
        [2, 1],
      ],
      constantValue: 0,
    }),
  ),
  ...calls('PadV2', [5], {paddings: [[0, 3]], constantValue: 1}),
  ...calls('PadV2', [2, 3, 4], {
    paddings: [
      [1, 0],
      [0, 0],
      [0, 2],
    ],
    constantValue: 1,
  }),
  ...calls('PadV2', [2, 3, 4, 5], {
    paddings: [
      [0, 0],
      [1, 1],
      [2, 0],
      [0, 0],
    ],
    constantValue: 0,
  }),
  ...calls('PadV2', [2, 3], {
    paddings: [
      [0, 0],
      [0, 0],
    ],
    constantValue: 1,
  }),
  call('PadV2', [3, 4], {
    paddings: [
      [1, 1],
      [1, 1],
    ],
    constantValue: -2.5,
  }),
  call(
    'PadV2',
    [3, 4],
    {
      paddings: [
        [1, 1],
        [1, 1],
      ],
      constantValue: -3,
    },
    {dtype: 'int32'},
  ),
  call('PadV2', [], {paddings: [], constantValue: 1}),
  call('PadV2', [0, 3], {
    paddings: [
      [2, 1],
      [0, 1],
    ],
    constantValue: 4,
  }),
  call('PadV2', [2, 0], {
    paddings: [
      [1, 1],
      [0, 0],
    ],
    constantValue: 4,
  }),
  {
    ...call('PadV2', [2, 3], {
      paddings: [
        [1, 0],
        [1, 2],
      ],
      constantValue: 0,
    }),
    name: 'gradient',
    gradient: true,
  },
  {
    ...call('PadV2', [2, 3], {
      paddings: [
        [0, 0],
        [-1, 0],
      ],
      constantValue: 0,
    }),
    name: 'negative padding',
    throws: /paddings\[1\] is \[-1, 0\]/,
  },
  {
    ...call('PadV2', [128, 28, 28, 8], {
      paddings: [
        [0, 0],
        [1, 1],
        [1, 1],
        [0, 0],
      ],
      constantValue: 0,
    }),
    ...timed,
  },
];

function joined(kernel: string, name: string, shapes: readonly (readonly number[])[], axis: number): KernelCase[] {
  return dtypes.map((dtype) => ({
    kernel,
    name: `${dtype} ${name} axis ${axis}`,
    inputs: shapes.map((shape) => ({shape, dtype})),
    attrs: {axis},
  }));
}

const concats: readonly KernelCase[] = [
  ...tails.flatMap((n) =>
    joined(
      'Concat',
      `[3, ${n}] and [3, 5]`,
      [
        [3, n],
        [3, 5],
      ],
      1,
    ),
  ),
  ...joined(
    'Concat',
    'rows',
    [
      [2, 5],
      [1, 5],
      [3, 5],
    ],
    0,
  ),
  ...joined(
    'Concat',
    'middle',
    [
      [2, 1, 3],
      [2, 4, 3],
    ],
    1,
  ),
  ...joined(
    'Concat',
    'last',
    [
      [2, 3, 1],
      [2, 3, 2],
    ],
    -1,
  ),
  ...joined('Concat', 'one input', [[2, 3]], 1),
  ...joined(
    'Concat',
    'some empty',
    [
      [2, 0],
      [2, 3],
      [2, 0],
      [2, 2],
    ],
    1,
  ),
  ...joined(
    'Concat',
    'one not empty',
    [
      [2, 0],
      [2, 3],
    ],
    1,
  ),
  ...joined(
    'Concat',
    'all empty',
    [
      [0, 2],
      [0, 3],
    ],
    1,
  ),
  // Parameters have room for 128 inputs a call.
  ...joined(
    'Concat',
    '300 inputs',
    Array.from({length: 300}, (_, i) => [3, 1 + (i % 3)]),
    1,
  ),
  {kernel: 'Concat', name: 'gradient', inputs: [{shape: [2, 3]}, {shape: [2, 2]}], attrs: {axis: 1}, gradient: true},
  {
    kernel: 'Concat',
    name: 'shapes that do not fit',
    inputs: [{shape: [2, 3]}, {shape: [3, 3]}],
    attrs: {axis: 1},
    throws: /does not match the shape of the rest/,
  },
  ...joined(
    'Pack',
    'of [2, 3]',
    [
      [2, 3],
      [2, 3],
      [2, 3],
    ],
    0,
  ),
  ...joined(
    'Pack',
    'of [2, 3]',
    [
      [2, 3],
      [2, 3],
      [2, 3],
    ],
    1,
  ),
  ...joined(
    'Pack',
    'of [2, 3]',
    [
      [2, 3],
      [2, 3],
      [2, 3],
    ],
    -1,
  ),
  ...joined('Pack', 'one input', [[2, 3]], -1),
  ...joined('Pack', 'scalars', [[], []], 0),
  ...joined(
    'Pack',
    'empty',
    [
      [0, 3],
      [0, 3],
    ],
    1,
  ),
  {kernel: 'Pack', name: 'gradient', inputs: [{shape: [2, 3]}, {shape: [2, 3]}], attrs: {axis: 1}, gradient: true},
  {
    kernel: 'Pack',
    name: 'shapes that differ',
    inputs: [{shape: [2, 3]}, {shape: [2, 4]}],
    attrs: {axis: 0},
    throws: /matching shapes/,
  },
];

const splits: readonly KernelCase[] = [
  ...calls('SplitV', [6, 5], {numOrSizeSplits: 3, axis: 0}),
  ...calls('SplitV', [5, 6], {numOrSizeSplits: [1, 2, 3], axis: 1}),
  ...calls('SplitV', [2, 7, 3], {numOrSizeSplits: [2, -1, 1], axis: -2}),
  ...calls('SplitV', [2, 4], {numOrSizeSplits: [0, 4], axis: 1}),
  {...call('SplitV', [2, 5], {numOrSizeSplits: [2, 3], axis: 1}), name: 'gradient', gradient: true},
  {
    ...call('SplitV', [2, 5], {numOrSizeSplits: [2, 2], axis: 1}),
    name: 'sizes that do not fit',
    throws: /sum of sizes/,
  },
  ...dtypes.flatMap((dtype) =>
    [0, 1, 2, -1].map((axis) => ({
      kernel: 'Unpack',
      name: `${dtype} [2, 3, 4] axis ${axis}`,
      inputs: {value: {shape: [2, 3, 4], dtype}},
      attrs: {axis},
    })),
  ),
  {kernel: 'Unpack', name: 'of one dimension', inputs: {value: {shape: [3]}}, attrs: {axis: 0}},
  {kernel: 'Unpack', name: 'into none', inputs: {value: {shape: [0, 3]}}, attrs: {axis: 0}},
  {kernel: 'Unpack', name: 'empty', inputs: {value: {shape: [2, 0]}}, attrs: {axis: 0}},
  {kernel: 'Unpack', name: 'gradient', inputs: {value: {shape: [2, 3]}}, attrs: {axis: 1}, gradient: true},
];

const expansions: readonly KernelCase[] = dtypes.flatMap((dtype) =>
  [0, 1, 2, -1, -3].map((dim) => ({
    kernel: 'ExpandDims',
    name: `${dtype} [2, 3] dimension ${dim}`,
    inputs: {input: {shape: [2, 3], dtype}},
    attrs: {dim},
    gradient: dtype === 'float32' && dim === 1,
  })),
);

function gather(x: InputSpec, indices: InputSpec, attrs: object, options: Partial<KernelCase> = {}): KernelCase {
  return {
    kernel: 'GatherV2',
    name: `${x.dtype ?? 'float32'} [${x.shape}] by [${indices.shape}] ${JSON.stringify(attrs)}`,
    inputs: {x, indices: {dtype: 'int32', ...indices}},
    attrs: {axis: 0, batchDims: 0, ...attrs},
    ...options,
  };
}

const below = (n: number) => ({values: 'uniform', range: [0, n - 1]}) as const;

const ignoresBatch: CaseOptions = {tfjsWasm: {skip: 'it takes no account of batchDims, and traps or reads elsewhere'}};

const gathers: readonly KernelCase[] = [
  ...dtypes.flatMap((dtype) => [
    ...tails.map((n) => gather({shape: [6, n], dtype}, {shape: [9], ...below(6)}, {axis: 0})),
    gather({shape: [7], dtype}, {shape: [3, 4], ...below(7)}, {axis: 0}),
    gather({shape: [3, 7], dtype}, {shape: [5], ...below(7)}, {axis: 1}),
    gather({shape: [3, 4, 5], dtype}, {shape: [2, 2], ...below(4)}, {axis: -2}),
    gather({shape: [3, 4, 5], dtype}, {shape: [3, 2], ...below(5)}, {axis: 2, batchDims: 1}, ignoresBatch),
    gather({shape: [2, 3, 4], dtype}, {shape: [2, 3, 5], ...below(4)}, {axis: 2, batchDims: 2}, ignoresBatch),
  ]),
  gather({shape: [4, 200]}, {shape: [3], ...below(4)}, {axis: 0}),
  gather({shape: [4, 3]}, {shape: [], ...below(4)}, {axis: 0}),
  gather({shape: [4, 3]}, {shape: [0]}, {axis: 0}),
  gather(
    {shape: [4, 0]},
    {shape: [2], ...below(4)},
    {axis: 0},
    {tfjsWasm: {skip: 'it gives another shape, and leaks'}},
  ),
  gather({shape: [4, 3]}, {shape: [5], ...below(4)}, {}, {name: 'gradient', gradient: ['x']}),
  ...[
    [1, 4],
    [-1, 2],
  ].map((values) =>
    gather({shape: [4, 3]}, {shape: [2], values}, {}, {name: `[${values}] of 4`, throws: /is not in \[0, 3\]/}),
  ),
  gather({shape: [10_000, 784]}, {shape: [128], ...below(10_000)}, {}, timed),
];

function oneHot(shape: readonly number[], dtype: DataType, attrs: object, options: CaseOptions = {}): KernelCase {
  return {
    kernel: 'OneHot',
    name: `${dtype} [${shape}] ${JSON.stringify(attrs)}`,
    inputs: {indices: {shape, dtype: 'int32', ...below(5)}},
    attrs: {depth: 5, onValue: 1, offValue: 0, dtype, ...attrs},
    ...options,
  };
}

const asInt32: CaseOptions = {tfjsWasm: {skip: 'it writes the words of int32, whatever the dtype'}};
const writesOutside: CaseOptions = {tfjsWasm: {skip: 'it writes outside of the row'}};

const oneHots: readonly KernelCase[] = [
  ...dtypes.flatMap((dtype) =>
    [[7], [], [2, 3], [0]].map((shape) => oneHot(shape, dtype, {}, dtype === 'int32' ? {} : asInt32)),
  ),
  // Of the indices 0 to 4 some are not below 3: rows without a one.
  ...dtypes.map((dtype) => oneHot([20], dtype, {depth: 3}, writesOutside)),
  {
    ...oneHot([4], 'float32', {}, writesOutside),
    name: 'negative indices',
    inputs: {indices: {shape: [4], dtype: 'int32', values: [-1, 2, -2147483648, 2147483647]}},
  },
  oneHot([9], 'float32', {onValue: 0.9, offValue: -0.05}, asInt32),
  oneHot([9], 'int32', {onValue: 7, offValue: -3}),
];

const ranges: readonly KernelCase[] = [
  ...(
    [
      [0, 5, 1],
      [0, 1, 0.1],
      [5, 0, -2],
      [5, 0, 1],
      [3, 3, 1],
      [0, 5, -1],
      [5, 0, 2],
    ] as const
  ).flatMap(([start, stop, step]) =>
    (['float32', 'int32'] as const)
      .filter((dtype) => dtype === 'float32' || Number.isInteger(step))
      .map((dtype) => ({
        kernel: 'Range',
        name: `${dtype} from ${start} to ${stop} by ${step}`,
        inputs: {},
        attrs: {start, stop, step, dtype},
      })),
  ),
  ...(
    [
      [0, 9, 10],
      [-1, 1, 7],
      [5, 2, 4],
      [1, 9, 1],
    ] as const
  ).map(([start, stop, num]) => ({
    kernel: 'LinSpace',
    name: `${num} from ${start} to ${stop}`,
    inputs: {},
    attrs: {start, stop, num},
    tfjsWasm: {tolerance: {absolute: 2e-7}, because: 'it multiplies the step, where the CPU backend adds it up'},
  })),
];

export const cases: readonly KernelCase[] = [
  ...transposes,
  ...slices,
  ...stridedSlices,
  ...reversals,
  ...tiles,
  ...pads,
  ...concats,
  ...splits,
  ...expansions,
  ...gathers,
  ...oneHots,
  ...ranges,
];
