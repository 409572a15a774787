/** Several threads: the same bits as one, and what happens when they end. */
import {Worker} from 'node:worker_threads';
import type {Tensor, Tensor2D, Tensor4D} from '@tensorflow/tfjs-core';
import * as tfCore from '@tensorflow/tfjs-core';
import * as tfLayers from '@tensorflow/tfjs-layers';
import {register, threadCount} from 'mnist-wasm';
import {afterAll, beforeAll, describe, expect, it, vi} from 'vitest';
import {allCases} from './cases';
import {type Output, runCase} from './cases/run';
import {runModule} from './child';
import {backend, memory, restart} from './running';

const THREADS = 3;
const tf = {...tfCore, ...tfLayers};

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

/** Weights of a small network after some steps; `between` is called before each. */
async function train(between: (step: number) => void = () => undefined): Promise<Float32Array[]> {
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({
        inputShape: [14, 14, 1],
        filters: 16,
        kernelSize: 5,
        activation: 'relu',
        kernelInitializer: tf.initializers.glorotUniform({seed: 1}),
      }),
      tf.layers.conv2d({
        filters: 20,
        kernelSize: 3,
        padding: 'same',
        activation: 'relu',
        kernelInitializer: tf.initializers.glorotUniform({seed: 2}),
      }),
      tf.layers.maxPooling2d({poolSize: 2}),
      tf.layers.batchNormalization(),
      tf.layers.flatten(),
      tf.layers.dense({
        units: 10,
        activation: 'softmax',
        kernelInitializer: tf.initializers.glorotUniform({seed: 3}),
      }),
    ],
  });
  model.compile({optimizer: 'adam', loss: 'categoricalCrossentropy'});
  const xs = tf.randomNormal([24, 14, 14, 1], 0, 1, 'float32', 4);
  const ys = tf.tidy(() => tf.oneHot(tf.range(0, 24, 1, 'int32'), 10));
  for (let step = 0; step < 20; step++) {
    between(step);
    await model.trainOnBatch(xs, ys);
  }
  const weights = await Promise.all(model.getWeights().map(async (weight) => (await weight.data()) as Float32Array));
  model.dispose();
  model.optimizer.dispose();
  tf.dispose([xs, ys]);
  return weights;
}

describe('a network', () => {
  it('has the same weights after a training on 1, 2, 3 and 8 threads', {timeout: 120_000}, async () => {
    await start(1);
    const expected = await train();
    for (const threads of [2, 3, 8]) {
      await start(threads);
      expect(await train()).toEqual(expected);
    }
  });

  it('has them where a thread is ended meanwhile, which is told once', {timeout: 120_000}, async () => {
    await start(1);
    const expected = await train();
    const workers: Worker[] = [];
    vi.spyOn(Worker.prototype, 'unref').mockImplementation(function (this: Worker) {
      workers.push(this);
    });
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    try {
      await start(4);
      const weights = await train((step) => {
        if (step % 5 === 2) void workers.pop()?.terminate();
      });
      expect(weights).toEqual(expected);
      expect(workers).toEqual([]);
      await vi.waitFor(() => expect(threadCount()).toBe(1));
      expect(warn.mock.calls).toEqual([[expect.stringContaining('a thread has ended')]]);
    } finally {
      vi.restoreAllMocks();
    }
  });
});

describe('with threads', () => {
  it('one large image takes no more memory', async () => {
    const peak = async (threads: number) => {
      await start(threads);
      const [x, filter] = [tf.ones([1, 700, 700, 3]) as Tensor4D, tf.ones([3, 3, 3, 8]) as Tensor4D];
      tf.tidy(() => tf.conv2d(x, filter, 1, 'same').dataSync());
      tf.dispose([x, filter]);
      return memory().heapPeakBytes;
    };
    expect(await peak(8)).toBeLessThan(1.1 * (await peak(1)));
  });

  it.each<[string, (x: Tensor2D) => Tensor]>([
    ['a sum of two tensors', (x) => tf.add(x, x)],
    ['a mean of columns', (x) => tf.mean(x, 0)],
    ['a sum over a chain', (x) => tf.sum(tf.square(x))],
    ['a product of many rows', (x) => tf.matMul(x, tf.ones([64, 8]))],
  ])('%s starts them', async (_, run) => {
    await restart({threads: 2});
    const x = tf.randomNormal([20_000, 64]) as Tensor2D;
    await vi.waitFor(() => {
      tf.tidy(() => run(x).dataSync());
      expect(threadCount()).toBe(2);
    });
    x.dispose();
  });

  it('a kernel that throws in the middle leaves nothing running', async () => {
    await start(THREADS);
    const {heap, tensors} = backend();
    const {wasm} = tensors;
    const n = 64;
    const bytes = 4 * n * n;
    const scratchBytes = wasm.gemm_f32_scratch_bytes(n, n, n, false);
    const [a, c] = [heap.allocate(bytes), heap.allocate(bytes)];
    const scratch = heap.allocate(scratchBytes);
    const product = () => wasm.gemm_f32(a, a, c, n, n, n, false, false, 0, scratch);
    const values = (at: number) => new Float32Array(heap.memory.buffer, at, n * n);
    values(a).fill(1);
    let thrown = 0;
    // Each level tries, on the way back from a full stack: some of these calls have too little of it left.
    const recurse = () => {
      try {
        recurse();
      } finally {
        try {
          product();
        } catch {
          thrown++;
          wasm.close_job();
        }
      }
    };
    expect(recurse).toThrow(RangeError);
    expect(thrown).toBeGreaterThan(0);
    for (let i = 0; i < 100; i++) {
      values(c).fill(0);
      product();
      expect(values(c).every((value) => value === n)).toBe(true);
    }
    for (const [at, size] of [
      [a, bytes],
      [c, bytes],
      [scratch, scratchBytes],
    ])
      heap.release(at, size);
  });
});

it('a program with threads ends by itself', {timeout: 60_000}, async () => {
  const {code, stdout, stderr} = await runModule(
    `
      import * as tf from '@tensorflow/tfjs-core';
      import {threadCount} from 'mnist-wasm';
      await tf.setBackend('mnist-wasm');
      const a = tf.ones([256, 256]);
      while (threadCount() < 3) tf.tidy(() => tf.matMul(a, a).dataSync());
      console.log(threadCount(), Date.now());
    `,
    {env: {MNIST_WASM_THREADS: '3'}},
  );
  expect({code, stderr}).toEqual({code: 0, stderr: ''});
  const [threads, lastLine] = stdout.split(' ').map(Number);
  expect(threads).toBe(3);
  // 20 ms where nothing else runs.
  expect(Date.now() - lastLine).toBeLessThan(2000);
});

describe('the number of threads', () => {
  it('is 1 where 1 is asked for, and no worker starts', async () => {
    await start(1);
    expect(threadCount()).toBe(1);
    expect(backend().heap.memory.buffer).toBeInstanceOf(ArrayBuffer);
  });

  it.each([0, 17, 1.5, Number.NaN])('is refused if it is %d', async (threads) => {
    expect(() => register({threads})).toThrow(
      `mnist-wasm: the option 'threads' is ${threads}; expected a whole number from 1 to 16.`,
    );
  });

  it('is refused if the environment has another', async () => {
    vi.stubEnv('MNIST_WASM_THREADS', 'many');
    tf.removeBackend('mnist-wasm');
    register();
    await expect(tf.setBackend('mnist-wasm')).resolves.toBe(false);
    vi.unstubAllEnvs();
  });
});
