import {getKernel, setBackend} from '@tensorflow/tfjs-core';
import {expect, onTestFinished, test, vi} from 'vitest';
import 'mnist-wasm';
import {KernelClock} from './kernel-clock';
import {profileModel} from './profile';

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
  const {lines, captured, overhead} = await profileModel('mlp-plain');
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
});
