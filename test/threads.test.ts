/** Several threads: the same bits as one, and what happens when they end. */
import * as tf from '@tensorflow/tfjs-core';
import {threadCount} from 'mnist-wasm';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {allCases} from './cases';
import {type Output, runCase} from './cases/run';
import {backend, restart} from './running';

const THREADS = 3;

/** Starts a backend of so many threads, whose jobs have the smallest chunks, and waits until all are there. */
async function start(threads: number): Promise<void> {
  await restart({threads});
  backend().chunkScale = 0;
  backend().minDeferred = 1;
  const a = tf.ones([16, 16]);
  do {
    tf.tidy(() => tf.matMul(a, a).dataSync());
    await new Promise((resolve) => setTimeout(resolve, 1));
  } while (threadCount() < threads);
  a.dispose();
}

afterAll(() => restart());

describe('every case gives the same bits as on one thread', () => {
  const cases = allCases.filter((c) => c.test !== false && !c.throws);
  const kernels = [...new Set(cases.map(({kernel}) => kernel))].sort();
  const onOne = new Map<string, Output[]>();

  beforeAll(async () => {
    await start(1);
    for (const c of cases) onOne.set(`${c.kernel} ${c.name}`, await runCase(c, 'mnist-wasm'));
    await start(THREADS);
  }, 300_000);

  it.for(kernels)('%s', async (kernel) => {
    expect(threadCount()).toBe(THREADS);
    for (const c of cases.filter((found) => found.kernel === kernel)) {
      expect(await runCase(c, 'mnist-wasm'), c.name).toEqual(onOne.get(`${kernel} ${c.name}`));
    }
  });
});
