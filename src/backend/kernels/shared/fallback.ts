import {MathBackendCPU} from '@tensorflow/tfjs-backend-cpu/dist/backend_cpu';
import type {KernelConfig, NamedAttrMap, NamedTensorInfoMap, TensorInfo} from '@tensorflow/tfjs-core';
import type {MnistWasmBackend} from '../../backend.js';
import type {KernelResult} from './kernel.js';

/** Runs a kernel that has no WebAssembly function, or not for the dtypes at hand. */
export interface FallbackKernels {
  readonly names: readonly string[];
  has(kernelName: string): boolean;
  run(kernelName: string, inputs: NamedTensorInfoMap, attrs: NamedAttrMap, backend: MnistWasmBackend): KernelResult;
}

type CpuKernel = (call: {inputs: object; attrs: object; backend: MathBackendCPU}) => KernelResult;

/**
 * The adapter to tfjs-backend-cpu: copies the inputs into a CPU backend of its own, runs the kernel there, copies the
 * outputs back, and leaves nothing behind.
 */
export function cpuFallback(configs: readonly KernelConfig[]): FallbackKernels {
  const kernels = new Map(configs.map(({kernelName, kernelFunc}) => [kernelName, kernelFunc as unknown as CpuKernel]));
  return {
    names: [...kernels.keys()],
    has: (kernelName) => kernels.has(kernelName),
    run(kernelName, inputs, attrs, backend) {
      const cpu = new MathBackendCPU();
      // tfjs-core suggests tfjs-node at the first write to a CPU backend; this one is none of the user's.
      (cpu as unknown as {firstUse: boolean}).firstUse = false;
      const originals = new Map<TensorInfo, TensorInfo>();
      const copies = mapInputs(inputs, (tensor) => {
        const copy = copyToCpu(tensor, backend, cpu);
        originals.set(copy, tensor);
        return copy;
      });
      const kernel = kernels.get(kernelName) as CpuKernel;
      const result = kernel({inputs: copies, attrs, backend: cpu});
      // Draw hands its input out, which nobody disposes of: a copy of it would stay behind.
      const handOut = (tensor: TensorInfo) => originals.get(tensor) ?? copyFromCpu(tensor, cpu, backend);
      return Array.isArray(result) ? result.map(handOut) : handOut(result);
    },
  };
}

/** Inputs are tensors by name or, for a few kernels (Concat, AddN, Pack, RaggedGather ...), arrays of them. */
function mapInputs(inputs: NamedTensorInfoMap, copy: (tensor: TensorInfo) => TensorInfo): object {
  const map = (input: TensorInfo | TensorInfo[] | undefined) =>
    Array.isArray(input) ? input.map(copy) : input && copy(input);
  if (Array.isArray(inputs)) return inputs.map(copy);
  return Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, map(input)]));
}

function copyToCpu(tensor: TensorInfo, backend: MnistWasmBackend, cpu: MathBackendCPU): TensorInfo {
  const {shape, dtype} = tensor;
  if (dtype !== 'complex64') return ranked(cpu.makeTensorInfo(shape, dtype, backend.readSync(tensor.dataId)));
  const {real, imag} = backend.complexParts(tensor);
  const complex = cpu.makeTensorInfo(shape, 'complex64');
  cpu.data.get(complex.dataId).complexTensorInfos = {
    real: copyToCpu(real, backend, cpu),
    imag: copyToCpu(imag, backend, cpu),
  };
  return ranked(complex);
}

/** A few kernels (Dilation2D's gradients) ask for the rank, which tensors have and tensor infos have not. */
function ranked(tensor: TensorInfo): TensorInfo & {rank: number} {
  return {...tensor, rank: tensor.shape.length};
}

function copyFromCpu(tensor: TensorInfo, cpu: MathBackendCPU, backend: MnistWasmBackend): TensorInfo {
  return backend.upload(cpu.readSync(tensor.dataId), tensor.shape, tensor.dtype);
}
