import {backend, Complex, getBackend, getKernel, setBackend, type Tensor, type TensorInfo} from '@tensorflow/tfjs-core';
import {BACKEND_NAME} from 'mnist-wasm';
import {isNotInstalled} from '../../common/node/installed';
import type {MnistWasmBackend} from '../../src/internal';
import {type KernelCase, makeInputs, runKernel} from '../../test/cases';
import {medianMilliseconds, OF_MODEL} from '../measure';
import {findModel, type ModelCase} from '../models';
import {prepareModel} from '../models/prepare';
import {CAPTURED, SUBJECT} from '../subject';
import type {Peer} from './peer';

/** Calls that would take tfjs-backend-cpu longer are not timed on it; what it does a second, and where it does less. */
const MAX_CPU_SECONDS = 1;
const CPU_FLOPS = 1e9;
const SLOW_CPU_FLOPS: Record<string, number> = {Conv2DBackpropFilter: 1.2e7};
/** Kernels of which tfjs-backend-cpu takes half a minute and more for one call of the benchmark. */
const NOT_ON_CPU = ['Einsum', 'UnsortedSegmentSum'];
/** What tfjs-backend-cpu trains in seconds a step, not minutes. */
const CPU_MODELS = ['lenet', 'mlp-plain'];

/**
 * A backend of tfjs, under the name that it registers.
 *
 * @param load imports it, and gives its version.
 */
export function tfjsPeer(name: string, load: () => Promise<string>): Peer {
  return {
    name,
    columns: name === SUBJECT ? [SUBJECT, CAPTURED] : [name],
    async find() {
      try {
        return {version: await load()};
      } catch (error) {
        if (!isNotInstalled(error)) throw error;
        return {missing: `npm install @tensorflow/tfjs-backend-${name} installs it`};
      }
    },
    async benchModel(modelCase) {
      if (!canRun(name, modelCase)) return {};
      await setBackend(name);
      const {call, capture, dispose} = prepareModel(modelCase);
      const milliseconds = {[name]: await medianMilliseconds(call, OF_MODEL)};
      if (name === SUBJECT && modelCase.task === 'training step') {
        const captured = capture();
        const ofCaptured = await medianMilliseconds(call, OF_MODEL);
        if (captured.reason === undefined) milliseconds[CAPTURED] = ofCaptured;
        captured.dispose();
      }
      dispose();
      return milliseconds;
    },
    async benchKernel(kernelCase) {
      if (!getKernel(kernelCase.kernel, name) || (isComplex(kernelCase) && !getKernel(Complex, name))) return {};
      if (name === 'cpu' && (NOT_ON_CPU.includes(kernelCase.kernel) || secondsOnCpu(kernelCase) > MAX_CPU_SECONDS))
        return {};
      await setBackend(name);
      const milliseconds = await timeKernel(kernelCase, name === 'cpu' ? 1000 * MAX_CPU_SECONDS : Infinity);
      return milliseconds === undefined ? {} : {[name]: milliseconds};
    },
  };
}

function canRun(name: string, {model, task}: ModelCase): boolean {
  if (name === 'cpu') return CPU_MODELS.includes(model);
  // It has no gradient of a convolution's filter: tensorflow/tfjs#8474.
  return name !== 'wasm' || task === 'inference' || findModel(model).input.length === 1;
}

function isComplex({inputs}: KernelCase): boolean {
  return Object.values(inputs).some(({dtype}) => dtype === 'complex64');
}

function secondsOnCpu({kernel, flops = 0}: KernelCase): number {
  return flops / (SLOW_CPU_FLOPS[kernel] ?? CPU_FLOPS);
}

/** The median time of a call; undefined if the first takes longer than `most` milliseconds. */
async function timeKernel(kernelCase: KernelCase, most: number): Promise<number | undefined> {
  const {call, dispose} = prepareKernel(kernelCase);
  const start = performance.now();
  call();
  const milliseconds = performance.now() - start > most ? undefined : await medianMilliseconds(call);
  dispose();
  return milliseconds;
}

/** A case on the active backend, which must be that again at each call. */
export function prepareKernel(kernelCase: KernelCase): {call(): void; dispose(): void} {
  const inputs = makeInputs(kernelCase);
  return {
    call: () => disposeAll(settle(runKernel(kernelCase, inputs))),
    dispose: () => disposeAll(Object.values(inputs)),
  };
}

/** Asks for what mnist-wasm defers until somebody does. */
function settle(outputs: Tensor[]): Tensor[] {
  if (getBackend() !== BACKEND_NAME) return outputs;
  const {tensors} = backend() as MnistWasmBackend;
  for (const tensor of outputs) {
    const parts =
      tensor.dtype === 'complex64' ? Object.values<TensorInfo>({...tensors.complexParts(tensor)}) : [tensor];
    for (const part of parts) tensors.offset(part);
  }
  return outputs;
}

function disposeAll(tensors: Tensor[]): void {
  for (const tensor of tensors) tensor.dispose();
}
