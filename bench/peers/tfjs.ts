import {backend, getKernel, setBackend, type Tensor} from '@tensorflow/tfjs-core';
import {MnistWasmBackend} from 'mnist-wasm';
import {makeInputs, runKernel} from '../../test/cases/run';
import type {KernelCase} from '../../test/cases/types';
import {medianMilliseconds} from '../measure';
import {findModel, type ModelCase} from '../models';
import {prepareModel} from '../models/prepare';
import type {Peer} from './peer';

/** A call that needs more is not timed on tfjs-backend-cpu, which does some 1 GFLOP a second. */
const MAX_CPU_FLOPS = 1e9;
/** What tfjs-backend-cpu trains in seconds a step, not minutes. */
const CPU_MODELS = ['LeNet', 'MLP'];

/** A backend of tfjs, under the name that it registers. */
export function tfjsPeer(name: string, version: string): Peer {
  return {
    name,
    columns: [name],
    find: async () => ({version}),
    async benchModel(modelCase) {
      if (!canRun(name, modelCase)) return {};
      await setBackend(name);
      const {call, dispose} = prepareModel(modelCase);
      const milliseconds = await medianMilliseconds(call);
      dispose();
      return {[name]: milliseconds};
    },
    async benchKernel(kernelCase) {
      const isSlow = name === 'cpu' && (kernelCase.flops ?? 0) > MAX_CPU_FLOPS;
      if (isSlow || !getKernel(kernelCase.kernel, name)) return {};
      await setBackend(name);
      return {[name]: await timeKernel(kernelCase)};
    },
  };
}

function canRun(name: string, {model, task}: ModelCase): boolean {
  if (name === 'cpu') return CPU_MODELS.includes(model);
  // It has no gradient of a convolution's filter: tensorflow/tfjs#8474.
  return name !== 'wasm' || task === 'inference' || findModel(model).input.length === 1;
}

async function timeKernel(kernelCase: KernelCase): Promise<number> {
  const inputs = makeInputs(kernelCase);
  const milliseconds = await medianMilliseconds(() => dispose(settle(runKernel(kernelCase, inputs))));
  dispose(Object.values(inputs));
  return milliseconds;
}

/** Asks for what mnist-wasm puts off until somebody does. */
function settle(outputs: Tensor[]): Tensor[] {
  const active = backend();
  if (active instanceof MnistWasmBackend) for (const tensor of outputs) active.offset(tensor);
  return outputs;
}

function dispose(tensors: Tensor[]): void {
  for (const tensor of tensors) tensor.dispose();
}
