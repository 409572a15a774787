import {MathBackendCPU} from '@tensorflow/tfjs-backend-cpu/dist/backend_cpu';
import {
  type BackendValues,
  type DataType,
  type KernelConfig,
  type NamedTensorInfoMap,
  type Tensor,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs-core';
import type {FallbackKernels, Tensors} from '../../tensors.js';
import type {KernelResult} from './kernel.js';

type CpuKernel = (call: {inputs: object; attrs: object; backend: MathBackendCPU}) => KernelResult;

/**
 * The fallback to tfjs-backend-cpu: for each call it copies the inputs to a new CPU backend, runs the kernel there and
 * copies the outputs back.
 */
export function cpuFallback(configs: readonly KernelConfig[]): FallbackKernels {
  const kernels = new Map(configs.map(({kernelName, kernelFunc}) => [kernelName, kernelFunc as unknown as CpuKernel]));
  return {
    names: [...kernels.keys()],
    has: (kernelName) => kernels.has(kernelName),
    run(tensors, kernelName, inputs, attrs) {
      const cpu = new MathBackendCPU();
      // tfjs suggests tfjs-node at the first write to a CPU backend; the user has not asked for this one.
      (cpu as unknown as {firstUse: boolean}).firstUse = false;
      // Abs would make its output a tensor of tfjs-core's engine, which nobody disposes.
      cpu.makeOutput = <T extends Tensor>(values: BackendValues, shape: number[], dtype: DataType) =>
        cpu.makeTensorInfo(shape, dtype, values) as T;
      const originals = new Map<TensorInfo, TensorInfo>();
      const copies = mapInputs(inputs, (tensor) => {
        const copy = copyToCpu(tensors, tensor, cpu);
        originals.set(copy, tensor);
        return copy;
      });
      const kernel = kernels.get(kernelName) as CpuKernel;
      // Draw returns its input, which nothing disposes: a copy of it would leak.
      const handOut = (tensor: TensorInfo) => originals.get(tensor) ?? copyFromCpu(tensors, tensor, cpu);
      return explained(kernelName, inputs, () => {
        const result = kernel({inputs: copies, attrs, backend: cpu});
        return Array.isArray(result) ? result.map(handOut) : handOut(result);
      });
    },
  };
}

/** Runs a kernel of tfjs-backend-cpu: most of them take inputs and attributes for what they should be. */
function explained(kernelName: string, inputs: NamedTensorInfoMap, run: () => KernelResult): KernelResult {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
    const given = Object.entries(inputs).map(([name, tensor]) => `${name}: ${tensor?.dtype} [${tensor?.shape}]`);
    throw new Error(
      `mnist-wasm: tfjs-backend-cpu's ${kernelName} cannot be computed of (${given.join(', ')}) with these attributes: ` +
        error.message,
      {cause: error},
    );
  }
}

/** Inputs are tensors by name or, for a few kernels (Concat, AddN, Pack, RaggedGather ...), arrays of tensors. */
function mapInputs(inputs: NamedTensorInfoMap, copy: (tensor: TensorInfo) => TensorInfo): object {
  const map = (input: TensorInfo | TensorInfo[] | undefined) =>
    Array.isArray(input) ? input.map(copy) : input && copy(input);
  if (Array.isArray(inputs)) return inputs.map(copy);
  return Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, map(input)]));
}

function copyToCpu(tensors: Tensors, tensor: TensorInfo, cpu: MathBackendCPU): TensorInfo {
  const {shape, dtype} = tensor;
  if (dtype !== 'complex64') return ranked(cpu.makeTensorInfo(shape, dtype, tensors.read(tensor)));
  const {real, imag} = tensors.complexParts(tensor);
  const complex = cpu.makeTensorInfo(shape, 'complex64');
  cpu.data.get(complex.dataId).complexTensorInfos = {
    real: copyToCpu(tensors, real, cpu),
    imag: copyToCpu(tensors, imag, cpu),
  };
  return ranked(complex);
}

/** A few kernels (Dilation2D's gradients) read the rank, which tensors have and a TensorInfo has not. */
function ranked(tensor: TensorInfo): TensorInfo & {rank: number} {
  return {...tensor, rank: tensor.shape.length};
}

/** @throws Error if the kernel has made values for another shape: from inputs that it does not check. */
function copyFromCpu(tensors: Tensors, {dataId, shape, dtype}: TensorInfo, cpu: MathBackendCPU): TensorInfo {
  tensors.checkRoom(shape, 0);
  const values = cpu.readSync(dataId) as ArrayLike<unknown>;
  const size = util.sizeFromShape(shape) * (dtype === 'complex64' ? 2 : 1);
  if (values.length !== size || Array.isArray(values) !== (dtype === 'string')) {
    throw new Error(`mnist-wasm: tfjs-backend-cpu returns ${values.length} values for ${dtype} [${shape}].`);
  }
  return tensors.upload(values as BackendValues, shape, dtype);
}
