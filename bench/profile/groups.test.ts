import {expect, test} from 'vitest';
import {GROUPS, groupOf, timesOf} from './groups';
import type {Frame} from './sampler';

const FUNCTIONS = {
  1: 'assembly/gemm/micro/rows/gemm_f32_rows_x8',
  2: 'assembly/gemm/pack/packA',
  3: 'assembly/conv/winograd/transform/transformOutput',
  4: 'assembly/conv/winograd/forward/startBlock',
  5: 'assembly/threads/pool/parallel',
  6: 'assembly/pool/forward/max_pool_f32',
  7: 'assembly/layout/copy/copyRuns',
};
const core: Frame = {
  functionName: 'runKernelFunc',
  url: 'file:///a/node_modules/@tensorflow/tfjs-core/dist/tf-core.node.js',
};
const layers: Frame = {
  functionName: 'call',
  url: 'file:///a/node_modules/@tensorflow/tfjs-layers/dist/tf-layers.node.js',
};
const ours: Frame = {functionName: 'conv2D', url: 'file:///a/dist/chunks/chunk-A.js'};
const bench: Frame = {functionName: 'call', url: 'file:///a/dist/bench/index.js'};
const native: Frame = {functionName: 'get', url: ''};
const update: Frame = {functionName: 'updateAndSettle2', url: bench.url};
const kernel = (index: number): Frame => ({functionName: `wasm-function[${index}]`, url: 'wasm://wasm/0123'});

test.each([
  ['products', [kernel(1), kernel(4), ours]],
  ['packing, padding, patches', [kernel(2), kernel(4), ours]],
  ["minimal filtering's transforms", [kernel(3), ours]],
  ['other kernels', [kernel(7), ours]],
  ['pooling', [kernel(5), kernel(6), ours]],
  [`JavaScript of mnist-wasm`, [native, ours, core]],
  ['JavaScript of mnist-wasm', [{...ours, url: 'file:///a/node_modules/mnist-wasm/dist/index.js'}, core]],
  ['rest', [{...bench, url: 'file:///a/node_modules/mnist-wasm/dist/bench/index.js'}]],
  ['tfjs-layers', [{...native, url: 'file:///a/node_modules/mnist-wasm/node_modules/b/dist/index.js'}, layers]],
  ['engine: tfjs-core', [core, layers, bench]],
  ['tfjs-layers', [native, layers, bench]],
  ['optimizer', [kernel(1), ours, core, update, core, layers]],
  ['garbage collection', [{functionName: '(garbage collector)', url: ''}, ours, update]],
  ['rest', [bench]],
  ['rest', [{functionName: '(program)', url: ''}]],
  // Of a function that is not known its caller tells.
  ['JavaScript of mnist-wasm', [kernel(99), ours]],
] as const)('%s', (group, stack) => {
  expect(groupOf(stack, FUNCTIONS)).toBe(group);
});

test('times of the groups add up', () => {
  const times = timesOf(
    [
      {stack: [kernel(1), ours], milliseconds: 2, at: 1},
      {stack: [kernel(1), core], milliseconds: 3, at: 2},
      {stack: [core], milliseconds: 4, at: 3},
    ],
    FUNCTIONS,
  );
  expect(times).toMatchObject({products: 5, 'engine: tfjs-core': 4, pooling: 0});
  expect(Object.keys(times)).toEqual([...GROUPS]);
});
