/** The tests that run in the page; scripts/browser.mjs bundles, serves and opens it, and counts what it reports. */
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import {type FeatureLevel, featureLevel, register} from 'mnist-wasm';
import {drawDigits, toTensors} from 'mnist-wasm/mnist';
import {lenet} from '../../recipes/models/lenet';
import {allCases} from '../cases';
import type {KernelCase} from '../cases/types';
import {runPair} from '../parity/pair';

declare global {
  interface Window {
    /** Both given by scripts/browser.mjs. */
    report(name: string, failure: string | null): Promise<void>;
    finish(): Promise<void>;
  }
}

async function test(name: string, body: () => Promise<void>): Promise<void> {
  let failure: string | null = null;
  try {
    await body();
  } catch (error) {
    failure = error instanceof Error ? error.message : String(error);
  }
  await window.report(name, failure);
}

function check(condition: boolean, message: string): void {
  if (!condition) throw new Error(message);
}

/** Starts the backend anew at a level. */
async function start(level: FeatureLevel): Promise<void> {
  tf.removeBackend('mnist-wasm');
  register({features: level});
  check(await tf.setBackend('mnist-wasm'), 'the backend did not start; the console says why');
  check(featureLevel() === level, `the level is ${featureLevel()}`);
}

async function checkCase(kernelCase: KernelCase): Promise<void> {
  const {status, message} = await runPair(kernelCase, {backend: 'mnist-wasm', against: 'cpu'});
  check(status === 'agrees', `${kernelCase.name}: ${message}`);
}

async function trainLenet(): Promise<void> {
  await tf.setBackend('mnist-wasm');
  const tensors = tf.memory().numTensors;
  const model = lenet(1);
  model.compile({optimizer: 'adam', loss: 'categoricalCrossentropy'});
  const losses: number[] = [];
  const {xs, ys} = toTensors(drawDigits({count: 64, seed: 1}));
  for (let step = 0; step < 12; step++) losses.push((await model.trainOnBatch(xs, ys)) as number);
  tf.dispose([xs, ys]);
  model.dispose();
  check(losses[11] < 0.9 * losses[0], `the loss does not fall: ${losses.join(', ')}`);
  check(tf.memory().numTensors === tensors, 'training leaves tensors behind');
}

await test("the page's policy forbids eval", async () => {
  let refused = false;
  try {
    new Function('');
  } catch {
    refused = true;
  }
  check(refused, 'new Function was allowed');
});

const cases = allCases.filter((c) => c.test !== false && !c.throws && tf.getKernel(c.kernel, 'cpu'));
const kernels = [...new Set(cases.map(({kernel}) => kernel))].sort();
for (const level of ['simd', 'relaxed'] as const) {
  await test(`${level}: starts`, () => start(level));
  for (const kernel of kernels) {
    await test(`${level}: ${kernel}`, async () => {
      for (const kernelCase of cases.filter((c) => c.kernel === kernel)) await checkCase(kernelCase);
    });
  }
  await test(`${level}: LeNet trains`, trainLenet);
  await test(`${level}: nothing is left behind`, async () => {
    await tf.setBackend('mnist-wasm');
    const {heapBytes} = tf.backend().memory() as {heapBytes?: number} & {unreliable: boolean};
    check(heapBytes === 0, `${heapBytes} bytes of the heap are in use`);
  });
}
await window.finish();
