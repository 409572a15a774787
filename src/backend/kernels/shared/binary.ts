import {type BinaryInputs, type DataType, type KernelConfig, type TensorInfo, util} from '@tensorflow/tfjs-core';
import type {KernelExportName, KernelExports} from '../../module/load.js';
import type {Tensors} from '../../tensors.js';
import {type Broadcast, broadcast} from './broadcast.js';
import {defineKernel} from './kernel.js';
import {opcodeOf} from './opcode.js';

/** y from a and b: the arguments are those of combine() in assembly/elementwise/combine.ts. */
type Binary = (
  a: number,
  b: number,
  y: number,
  n: number,
  periodA: number,
  periodB: number,
  params: number,
  scratch: number,
) => void;

/** The names of the WebAssembly functions with these arguments. */
export type BinaryExport = {
  [K in KernelExportName]: Parameters<KernelExports[K]>['length'] extends 8
    ? KernelExports[K] extends Binary
      ? K
      : never
    : never;
}[KernelExportName];

/** The WebAssembly function for each dtype of a and b that has one. */
export type BinaryFunctions = Partial<Record<DataType, BinaryExport>>;

/**
 * Runs a function of two tensors of one dtype, whose shapes are broadcast; the result has the given dtype.
 *
 * @throws Error if the shapes cannot be broadcast.
 */
export function runBinary(
  tensors: Tensors,
  run: BinaryExport,
  a: TensorInfo,
  b: TensorInfo,
  dtype: DataType,
): TensorInfo {
  const call = tensors.wasm[run] as Binary;
  const {shape, periodA, periodB, params} = sameShape(a.shape, b.shape) ? alike(a.shape) : broadcast(a.shape, b.shape);
  const n = util.sizeFromShape(shape);
  const opcode = params || !tensors.defers(n) ? undefined : opcodeOf(run);
  if (opcode !== undefined) {
    const operands = [
      {tensor: a, period: periodA},
      {tensor: b, period: periodB},
    ];
    const deferred = tensors.defer(opcode, shape, operands);
    if (deferred) return deferred;
  }
  const y = tensors.allocate(shape, dtype);
  if (n === 0) return y;
  const [fromA, fromB, to] = [tensors.offset(a), tensors.offset(b), tensors.offset(y)];
  const at = params ? tensors.writeParams(params) : 0;
  const log2 = a.dtype === 'bool' ? 0 : 2;
  const scratchBytes = periodA | periodB ? tensors.wasm.operand_scratch_bytes(periodA, periodB, log2) : 0;
  tensors.withScratch(scratchBytes, (scratch) => call(fromA, fromB, to, n, periodA, periodB, at, scratch));
  return y;
}

/**
 * A kernel of two inputs a and b that are broadcast, without attributes. The result has their dtype, or the given one.
 */
export function binaryKernel(kernelName: string, functions: BinaryFunctions, dtype?: DataType): KernelConfig {
  return defineKernel<BinaryInputs>(kernelName, ({inputs: {a, b}, tensors}) =>
    runBinaryOf(tensors, functions, a, b, dtype),
  );
}

/** Runs the function for the dtype of a and b; undefined if they differ, or have none. */
export function runBinaryOf(
  tensors: Tensors,
  functions: BinaryFunctions,
  a: TensorInfo,
  b: TensorInfo,
  dtype?: DataType,
): TensorInfo | undefined {
  const run = a.dtype === b.dtype ? functions[a.dtype] : undefined;
  return run && runBinary(tensors, run, a, b, dtype ?? a.dtype);
}

function alike(shape: number[]): Broadcast {
  return {shape, periodA: 0, periodB: 0};
}

function sameShape(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) {
    if (a[i] !== b[i]) return false;
  }
  return true;
}
