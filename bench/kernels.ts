import {backend, getKernel, setBackend, type Tensor} from '@tensorflow/tfjs-core';
import {MnistWasmBackend} from 'mnist-wasm';
import {allCases} from '../test/cases';
import {makeInputs, runKernel} from '../test/cases/run';
import type {KernelCase} from '../test/cases/types';
import {medianMilliseconds} from './measure';

export interface KernelResult {
  kernel: string;
  name: string;
  flops?: number;
  /** Milliseconds a call, by backend; absent where the backend lacks the kernel. */
  milliseconds: Record<string, number>;
}

/** The cases marked for the benchmark whose `kernel name` contains the filter. */
export function benchCases(filter: string): KernelCase[] {
  const wanted = filter.toLowerCase();
  return allCases.filter((c) => c.bench && `${c.kernel} ${c.name}`.toLowerCase().includes(wanted));
}

export async function benchKernel(kernelCase: KernelCase, backends: readonly string[]): Promise<KernelResult> {
  const {kernel, name, flops} = kernelCase;
  const milliseconds: Record<string, number> = {};
  for (const backendName of backends) {
    if (!getKernel(kernel, backendName)) continue;
    await setBackend(backendName);
    const inputs = makeInputs(kernelCase);
    milliseconds[backendName] = await medianMilliseconds(() => dispose(settle(runKernel(kernelCase, inputs))));
    dispose(Object.values(inputs));
  }
  return {kernel, name, flops, milliseconds};
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
