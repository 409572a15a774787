import {complex, engine, type NamedTensorMap, setBackend, type Tensor, tensor, tidy} from '@tensorflow/tfjs-core';
import {difference} from './compare';
import type {Output} from './output';
import type {InputSpec, KernelCase} from './types';
import {makeValues} from './values';

export type {Output} from './output';

/** The tensors of a case on the active backend, by name, or by index for an array; the caller disposes them. */
export function makeInputs({inputs}: KernelCase): NamedTensorMap {
  return Object.fromEntries(Object.entries(inputs).map(([name, spec], position) => [name, makeInput(spec, position)]));
}

function makeInput(spec: InputSpec, position: number): Tensor {
  const values = makeValues(spec, position) as Float32Array;
  const shape = [...spec.shape];
  if (spec.dtype !== 'complex64') return tensor(values, shape, spec.dtype ?? 'float32');
  const part = (offset: number) =>
    tensor(
      values.filter((_, i) => i % 2 === offset),
      shape,
      'float32',
    );
  return tidy(() => complex(part(0), part(1)));
}

/** Runs the kernel of a case over its tensors, on the active backend; as part of tf.grads too. */
export function runKernel({kernel, inputs, attrs}: KernelCase, tensors: NamedTensorMap): Tensor[] {
  const given = Array.isArray(inputs) ? Object.values(tensors) : tensors;
  const result: Tensor | Tensor[] = engine().runKernel(kernel, given as NamedTensorMap, attrs ?? {});
  return Array.isArray(result) ? result : [result];
}

/**
 * Runs a case on the named backend from values to values, and leaves no tensor behind.
 *
 * @throws Error if the kernel does, or if it writes into its inputs
 */
export async function runCase(kernelCase: KernelCase, backend: string): Promise<Output[]> {
  await setBackend(backend);
  const inputs = makeInputs(kernelCase);
  let outputs: Tensor[] = [];
  try {
    const given = await read(Object.values(inputs));
    outputs = runKernel(kernelCase, inputs);
    const results = await read(outputs);
    const changed = difference(given, await read(Object.values(inputs)), {ulp: 0}, true);
    if (changed) throw new Error(`${kernelCase.kernel} writes into its inputs: ${changed}`);
    return results;
  } finally {
    for (const t of [...Object.values(inputs), ...outputs]) t.dispose();
  }
}

function read(tensors: readonly Tensor[]): Promise<Output[]> {
  return Promise.all(tensors.map(async (t) => ({shape: t.shape, dtype: t.dtype, values: await t.data()})));
}
