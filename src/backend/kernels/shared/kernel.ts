import {
  getKernel,
  type KernelConfig,
  type NamedAttrMap,
  type NamedTensorInfoMap,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import type {MnistWasmBackend} from '../../backend.js';
import {BACKEND_NAME} from '../../name.js';
import type {Tensors} from '../../tensors.js';
import {fallbackChecks} from './fallbackChecks.js';

/** What a kernel is called with. Inputs and attributes are what the kernel's tfjs type says. */
export interface KernelCall<Inputs extends NamedTensorInfoMap, Attrs> {
  inputs: {[Name in keyof Inputs]: Exclude<Inputs[Name], undefined>};
  attrs: Attrs;
  tensors: Tensors;
}

export type KernelResult = TensorInfo | TensorInfo[];

/**
 * A kernel of this backend. `run` returns undefined for what has no WebAssembly function (mostly a dtype): the fallback
 * then runs the call.
 */
export function defineKernel<Inputs extends NamedTensorInfoMap, Attrs = NamedAttrMap>(
  kernelName: string,
  run: (call: KernelCall<Inputs, Attrs>) => KernelResult | undefined,
): KernelConfig {
  return {
    kernelName,
    backendName: BACKEND_NAME,
    kernelFunc: ({inputs, attrs, backend}) => {
      const {tensors} = backend as MnistWasmBackend;
      const call: KernelCall<Inputs, Attrs> = {
        inputs: inputs as KernelCall<Inputs, Attrs>['inputs'],
        attrs: attrs as Attrs,
        tensors,
      };
      return tensors.runKernel(() => run(call) ?? runFallback(tensors, kernelName, inputs, attrs));
    },
  };
}

/** A kernel that the fallback always runs. */
export function defineFallbackKernel(kernelName: string): KernelConfig {
  return defineKernel(kernelName, () => undefined);
}

/** Calls another kernel of this backend, with one output, from within a kernel. */
export function runKernel(
  tensors: Tensors,
  kernelName: string,
  inputs: NamedTensorInfoMap,
  attrs: Record<string, unknown>,
): TensorInfo {
  const {kernelFunc} = getKernel(kernelName, BACKEND_NAME);
  return kernelFunc({inputs, attrs: attrs as unknown as NamedAttrMap, backend: tensors.backend}) as TensorInfo;
}

/** Returns `output`, and gives up the reference to `input`, from which it was computed. */
export function consume(tensors: Tensors, input: TensorInfo, output: TensorInfo): TensorInfo {
  tensors.dispose(input);
  return output;
}

function runFallback(
  tensors: Tensors,
  kernelName: string,
  inputs: NamedTensorInfoMap,
  attrs: NamedAttrMap | undefined,
): KernelResult {
  if (!tensors.fallback?.has(kernelName)) {
    const dtypes = Object.entries(inputs).map(([name, tensor]) => `${name}: ${tensor?.dtype}`);
    throw new Error(
      `mnist-wasm: ${kernelName} has no WebAssembly kernel for (${dtypes.join(', ')}). ` +
        "Import 'mnist-wasm', and not only 'mnist-wasm/native' or 'mnist-wasm/inference', to have it run on " +
        "tfjs-backend-cpu's implementation.",
    );
  }
  fallbackChecks[kernelName]?.({inputs, attrs: attrs ?? {}, tensors});
  return tensors.fallback.run(tensors, kernelName, inputs, attrs ?? {});
}
