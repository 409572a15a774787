import {readFileSync} from 'node:fs';
import path from 'node:path';
import {getKernel, setBackend} from '@tensorflow/tfjs-core';
import {featureLevel} from 'mnist-wasm';
import {expect, onTestFinished, test, vi} from 'vitest';
import {findModel} from '../models';
import {flopsOf, isProduct, planOf} from '../models/plan';
import type {FunctionNames} from './groups';
import {KernelClock} from './kernel-clock';
import {type Profile, profileModel} from './profile';

const FUNCTIONS = JSON.parse(
  readFileSync(path.resolve(`dist/bench/functions-${featureLevel() ?? 'relaxed'}.json`), 'utf8'),
) as FunctionNames;

test('what is called is not counted as its caller', () => {
  vi.useFakeTimers({toFake: ['performance']});
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const clock = new KernelClock();
  clock.time('outer', () => {
    clock.time('inner', () => vi.advanceTimersByTime(4));
    vi.advanceTimersByTime(1);
    clock.time('inner', () => vi.advanceTimersByTime(5));
  });
  expect(clock.spent.get('inner')).toEqual({calls: 2, milliseconds: 9});
  expect(clock.spent.get('outer')).toEqual({calls: 1, milliseconds: 1});
});

test('a profile counts kernels and deferred chains, and puts the kernels back', async () => {
  await setBackend('mnist-wasm');
  const original = getKernel('BatchMatMul', 'mnist-wasm').kernelFunc;
  const [training] = findModel('mlp-plain').trainings;
  const profile = await profileModel('mlp-plain', training, FUNCTIONS);
  const {lines, captured, overhead} = profile;
  expect(getKernel('BatchMatMul', 'mnist-wasm').kernelFunc).toBe(original);
  const calls = Object.fromEntries(lines.map((line) => [line.name, line.calls]));
  // Three layers: the forward of the last is fused, the input of the first has no gradient.
  expect(calls).toMatchObject({BatchMatMul: 2 + 3 + 2, _FusedMatMul: 1});
  expect(calls['deferred element-wise chains']).toBeGreaterThan(0);
  expect(lines.filter(({calls: count}) => count === undefined).map(({name}) => name)).toEqual([
    'engine: tfjs and JavaScript',
  ]);
  expect(captured).toBeGreaterThan(0);
  const kernelCalls = lines
    .filter(({name}) => !name.includes('deferred'))
    .reduce((sum, line) => sum + (line.calls ?? 0), 0);
  expect(overhead.calls).toBe(kernelCalls);
  expect(Math.min(overhead.tfjs, overhead.ours)).toBeGreaterThan(0);
  expectParts(profile);
  expectProducts(profile, training.batch);
}, 90_000);

/** What must be there, and adds up to the step. */
function expectParts({groups, milliseconds}: Profile): void {
  const sum = Object.values(groups).reduce((total, time) => total + time);
  // Other programs may slow one of the two.
  expect(sum / milliseconds).toBeGreaterThan(0.4);
  expect(sum / milliseconds).toBeLessThan(2.5);
  expect(groups.products).toBeGreaterThan(0.3 * sum);
  for (const group of ['packing, padding, patches', 'optimizer', 'engine: tfjs-core', 'tfjs-layers'] as const)
    expect(groups[group], group).toBeGreaterThan(0);
  expect(groups["minimal filtering's transforms"] + groups.pooling).toBe(0);
}

/** Of each layer: forward, and both gradients, but that of the input of the first. */
function expectProducts({products, chains, updates}: Profile, batch: number): void {
  const model = findModel('mlp-plain').create();
  const layers = planOf(model).filter(isProduct);
  const expected = layers.flatMap((layer, i) => Array<number>(i === 0 ? 2 : 3).fill(batch * flopsOf(layer)));
  const flops = products.flatMap((product) => Array<number>(product.calls).fill(product.flops));
  const ascending = (a: number, b: number) => a - b;
  expect(flops.sort(ascending)).toEqual(expected.sort(ascending));
  // Adam reads a gradient, two moments and a weight, and writes the last three.
  expect(updates.bytes / (4 * model.countParams())).toBeCloseTo(7, 0);
  expect(chains.bytes).toBeGreaterThan(0);
  model.dispose();
}
