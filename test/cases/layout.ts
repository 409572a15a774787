import {call, calls, timed, wordsOnly} from './calls';
import {emptyShapes, tails} from './sweeps';
import type {KernelCase} from './types';

const transposes: readonly KernelCase[] = [
  // Blocks of 16 and of 4, and every remainder, either way.
  ...tails.flatMap((n) => [
    ...calls('Transpose', [n, 9], {perm: [1, 0]}),
    ...calls('Transpose', [18, n], {perm: [1, 0]}),
  ]),
  // Few columns, where outer dimensions are not written in their order.
  ...[1, 2, 3, 4, 7].flatMap((n) => calls('Transpose', [3, n, 2, 19], {perm: [2, 0, 3, 1]})),
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
  ...calls('Transpose', [2, 262144], {perm: [1, 0]}).map((c) => ({...c, ...timed})),
  ...calls('Transpose', [1024, 512], {perm: [1, 0]}).map((c) => ({...c, ...timed})),
];

const reversals: readonly KernelCase[] = [
  ...[
    ...tails.flatMap((n) => calls('Reverse', [3, n], {dims: [1]})),
    ...calls('Reverse', [4, 5, 3], {dims: [0]}),
    ...calls('Reverse', [4, 5, 3], {dims: [1, -1]}),
    ...calls('Reverse', [2, 3, 4, 5], {dims: [0, 1, 2, 3]}),
    ...calls('Reverse', [2, 3], {dims: []}),
    // The second time turns it back.
    ...calls('Reverse', [2, 3], {dims: [1, 0, -1]}),
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

/** With the numbers of elements before and behind each dimension. */
const padding = (before: number[], after: number[], constantValue: number) => ({
  paddings: before.map((n, i) => [n, after[i]]),
  constantValue,
});

const pads: readonly KernelCase[] = [
  ...tails.flatMap((n) => calls('PadV2', [3, n], padding([1, 2], [2, 1], 0))),
  ...calls('PadV2', [5], padding([0], [3], 1)),
  ...calls('PadV2', [2, 3, 4], padding([1, 0, 0], [0, 0, 2], 1)),
  ...calls('PadV2', [2, 3, 4, 5], padding([0, 1, 2, 0], [0, 1, 0, 0], 0)),
  ...calls('PadV2', [2, 3], padding([0, 0], [0, 0], 1)),
  call('PadV2', [3, 4], padding([1, 1], [1, 1], -2.5)),
  call('PadV2', [3, 4], padding([1, 1], [1, 1], -3), {dtype: 'int32'}),
  call('PadV2', [], padding([], [], 1)),
  call('PadV2', [0, 3], padding([2, 0], [1, 1], 4)),
  call('PadV2', [2, 0], padding([1, 0], [1, 0], 4)),
  {...call('PadV2', [2, 3], padding([1, 1], [0, 2], 0)), name: 'gradient', gradient: true},
  // tfjs-backend-wasm reads and writes outside of its tensors for these.
  ...[
    calls('PadV2', [2, 3], padding([0, -1], [0, 0], 0)),
    calls('PadV2', [4, 5, 3], padding([-1, 2, 0], [-2, -3, -1], 1)),
    calls('PadV2', [3, 4], padding([-1, -2], [-2, 3], 1)),
    calls('PadV2', [6], padding([-2], [4], 1)),
  ].flatMap((found) => found.map((c) => ({...c, tfjsWasm: {skip: 'it has no negative paddings'}}))),
  {
    ...call('PadV2', [3, 4], padding([1, -2], [-1, 1], 0)),
    name: 'gradient of negative padding',
    gradient: true,
    tfjsWasm: {skip: 'it has no negative paddings'},
    wrongGradient: 'it is a slice that begins before the gradient',
  },
  {
    ...call('PadV2', [2, 3], padding([0, -2], [0, -2], 0)),
    name: 'more taken away than there is',
    throws: /paddings \[0,0\], \[-2,-2\] take away more than a tensor of shape \[2,3\] has/,
  },
  {...call('PadV2', [128, 28, 28, 8], padding([0, 1, 1, 0], [0, 1, 1, 0], 0)), ...timed},
];

/** Kernels that move elements to other places: transpose, reverse, tile, pad. */
export const cases: readonly KernelCase[] = [...transposes, ...reversals, ...tiles, ...pads];
