import {
  getKernelsForBackend,
  type KernelConfig,
  registerKernel,
  setBackend,
  unregisterKernel,
} from '@tensorflow/tfjs-core';
import {expect, test} from 'vitest';
import 'mnist-wasm';
import type {InputSpec} from '../../test/cases';
import {type BenchModel, benchModels, findModel} from '../models';
import {flopsOf, isProduct, paddingOf, planOf} from '../models/plan';
import {prepareModel} from '../models/prepare';
import {layerCases} from './cases';

const BACKEND = 'mnist-wasm';
const PRODUCTS = ['Conv2D', 'Conv2DBackpropFilter', 'Conv2DBackpropInput', 'BatchMatMul', '_FusedMatMul'];

test("the flops of LeNet's layers", async () => {
  await setBackend(BACKEND);
  const model = findModel('lenet').create();
  const flops = planOf(model).filter(isProduct).map(flopsOf);
  model.dispose();
  expect(flops).toEqual([2 * 28 * 28 * 6 * 25, 2 * 10 * 10 * 16 * 25 * 6, 2 * 400 * 120, 2 * 120 * 84, 2 * 84 * 10]);
});

test("TensorFlow's padding: what is odd goes after", () => {
  const window = {input: [28, 28, 1], output: [14, 14, 1], size: [5, 5], strides: [2, 2], padding: 'same'} as const;
  expect(paddingOf(window)).toEqual([
    [1, 2],
    [1, 2],
  ]);
  expect(paddingOf({...window, padding: 'valid'})).toEqual([
    [0, 0],
    [0, 0],
  ]);
});

test('layers that models share at the same batch are timed once', async () => {
  await setBackend(BACKEND);
  const shared = layerCases([findModel('simple-cnn-a'), findModel('simple-cnn-b')]).filter(
    ({models}) => models.length > 1,
  );
  expect(new Set(shared.map(({layer}) => layer))).toEqual(new Set(['dense 200 to 100', 'dense 100 to 10']));
});

const smallModels = benchModels.filter(({name}) => name !== 'alexnet');
test.each(smallModels)('the products of $name are those that a training step calls', async (model) => {
  await setBackend(BACKEND);
  const expected = layerCases([model]).map(({kernelCase: {kernel, inputs, attrs}}) => {
    const shapes = Object.entries(inputs).map(([name, spec]) => [name, (spec as InputSpec).shape]);
    return describeCall(kernel, Object.fromEntries(shapes), attrs as object);
  });
  // Two layers of one shape are one case.
  expect(new Set(await productsOfStep(model))).toEqual(new Set(expected));
});

function describeCall(kernel: string, shapes: Record<string, readonly number[]>, attrs: object): string {
  const entries = Object.entries({...shapes, ...attrs}).filter(([, value]) => value !== undefined);
  return `${kernel} ${JSON.stringify(Object.fromEntries(entries.sort()))}`;
}

/** The convolutions and products that a training step calls. */
async function productsOfStep({name, trainings}: BenchModel): Promise<string[]> {
  const calls: string[] = [];
  const originals = getKernelsForBackend(BACKEND).filter(({kernelName}) => PRODUCTS.includes(kernelName));
  for (const original of originals) {
    const {kernelName, kernelFunc} = original;
    replace({
      ...original,
      kernelFunc: (call) => {
        const shapes = Object.entries(call.inputs).map(([key, tensor]) => [key, tensor?.shape]);
        calls.push(describeCall(kernelName, Object.fromEntries(shapes), call.attrs ?? {}));
        return kernelFunc(call);
      },
    });
  }
  const {call, dispose} = prepareModel({model: name, task: 'training step', ...trainings[0]});
  await call();
  dispose();
  originals.forEach(replace);
  return calls;
}

function replace(config: KernelConfig): void {
  unregisterKernel(config.kernelName, BACKEND);
  registerKernel(config);
}
