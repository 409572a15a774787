import {call, timed} from './calls';
import {emptyShapes, tails} from './sweeps';
import type {CaseOptions, KernelCase} from './types';

const modes = [
  {exclusive: false, reverse: false},
  {exclusive: true, reverse: false},
  {exclusive: false, reverse: true},
  {exclusive: true, reverse: true},
];

/** Each sum is rounded as on the CPU backend: nothing may differ. */
const exact: CaseOptions = {tolerance: {ulp: 0}, signedZero: true};

/** Shapes and axes: a row alone, columns of every width, and both sides at once. */
const axes: readonly (readonly [shape: readonly number[], axis: number])[] = [
  ...tails.flatMap((n): [number[], number][] => [
    [[3, n], 1],
    [[13, n], 0],
    [[n, 3], 0],
  ]),
  [[9], 0],
  [[2, 5, 7], 1],
  [[2, 5, 1], 1],
  [[2, 3, 4, 5], 2],
  [[1, 1], 0],
  ...emptyShapes.flatMap((shape) => shape.map((_, axis): [readonly number[], number] => [shape, axis])),
];

const inInt32 = (kernel: string): CaseOptions =>
  kernel === 'Cumprod' ? {tfjsWasm: {skip: 'it multiplies in int32: large products lose other bits'}} : {};

/** Running sums and products. */
export const cases: readonly KernelCase[] = ['Cumsum', 'Cumprod'].flatMap((kernel) => [
  ...modes.flatMap((mode) => axes.map(([shape, axis]) => ({...call(kernel, shape, {axis, ...mode}), ...exact}))),
  ...modes.flatMap((mode) => [
    call(kernel, [4, 9], {axis: 1, ...mode}, {dtype: 'int32'}),
    call(kernel, [9, 7], {axis: 0, ...mode}, {dtype: 'int32'}),
    {...call(kernel, [23, 2], {axis: 0, ...mode}, {dtype: 'int32', values: 'extreme'}), ...inInt32(kernel)},
    {...call(kernel, [23, 6], {axis: 0, ...mode}, {dtype: 'int32', values: 'extreme'}), ...inInt32(kernel)},
    call(kernel, [4, 9], {axis: 1, ...mode}, {dtype: 'bool'}),
    call(kernel, [9, 7], {axis: 0, ...mode}, {dtype: 'bool'}),
    {...call(kernel, [5, 40], {axis: 0, ...mode}, {values: 'special'}), ...exact},
    {...call(kernel, [40, 5], {axis: 1, ...mode}, {values: 'special'}), ...exact},
  ]),
  // tfjs has no gradient of Cumprod. That of Cumsum along other axes is in test/differentiable.
  ...(kernel === 'Cumsum' ? modes : []).map((mode) => ({
    ...call(kernel, [3, 4], {axis: 1, ...mode}),
    name: `gradient ${JSON.stringify(mode)}`,
    gradient: true,
  })),
  {...call(kernel, [3, 4], {axis: 2, ...modes[0]}), throws: /axis/},
  {...call(kernel, [1000, 1000], {axis: 1, ...modes[0]}), ...timed},
  {...call(kernel, [1000, 1000], {axis: 0, ...modes[0]}), ...timed},
]);
