import {getKernel, setBackend} from '@tensorflow/tfjs-core';
import {expect, test} from 'vitest';
import 'mnist-wasm';
import {KernelClock} from '../../bench/profile/kernel-clock';
import {profileModel} from '../../bench/profile/profile';

test('what is called is not counted as its caller', () => {
  const clock = new KernelClock();
  clock.time('outer', () => {
    clock.time('inner', () => wait(4));
    clock.time('inner', () => wait(4));
  });
  const [inner, outer] = ['inner', 'outer'].map((name) => clock.spent.get(name));
  expect([inner?.calls, outer?.calls]).toEqual([2, 1]);
  expect(inner?.milliseconds).toBeGreaterThan(7);
  expect(outer?.milliseconds).toBeLessThan(4);
});

test('a profile counts kernels and deferred chains, and puts the kernels back', async () => {
  await setBackend('mnist-wasm');
  const original = getKernel('BatchMatMul', 'mnist-wasm').kernelFunc;
  const {lines} = await profileModel('MLP');
  expect(getKernel('BatchMatMul', 'mnist-wasm').kernelFunc).toBe(original);
  const calls = Object.fromEntries(lines.map((line) => [line.name, line.calls]));
  // Three layers: the forward of the last is fused, the input of the first has no gradient.
  expect(calls).toMatchObject({BatchMatMul: 2 + 3 + 2, _FusedMatMul: 1});
  expect(calls['deferred element-wise chains']).toBeGreaterThan(0);
  expect(lines.filter(({calls: count}) => count === undefined).map(({name}) => name)).toEqual([
    'engine: tfjs and JavaScript',
  ]);
});

function wait(milliseconds: number): void {
  const start = performance.now();
  while (performance.now() - start < milliseconds);
}
