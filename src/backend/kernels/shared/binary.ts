import {type BinaryInputs, type DataType, type KernelConfig, type TensorInfo, util} from '@tensorflow/tfjs-core';
import type {KernelExportName, KernelExports} from '../../module/load.js';
import type {Tensors} from '../../tensors.js';
import {type Broadcast, broadcast} from './broadcast.js';
import {defineKernel} from './kernel.js';
import {opcodeOf} from './opcode.js';

/** y from a and b: addresses, the size of y, the periods of a and b, and scratch; see assembly/elementwise/operands.ts. */
type Binary = (a: number, b: number, y: number, n: number, periodA: number, periodB: number, scratch: number) => void;

/** The names of the WebAssembly functions of this form. */
export type BinaryExport = {
  [K in KernelExportName]: Parameters<KernelExports[K]>['length'] extends 7
    ? KernelExports[K] extends Binary
      ? K
      : never
    : never;
}[KernelExportName];

/** For each dtype that a and b have in common and that has one, the WebAssembly function. */
export type BinaryFunctions = Partial<Record<DataType, BinaryExport>>;

/** Elements of four bytes that are repeated without scratch. */
const MAX_SHORT_PERIOD = 224;

/**
 * Runs a function of two tensors of one dtype, whose shapes broadcast; the result has the given dtype.
 *
 * @throws Error if the shapes do not broadcast.
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
  const runWith = (scratch: number) =>
    call(tensors.offset(a), tensors.offset(b), tensors.offset(y), n, periodA, periodB, scratch);
  if (params) {
    tensors.writeParams(params);
    tensors.withScratch(tensors.wasm.operand_scratch_bytes(), runWith);
  } else {
    const period = Math.max(periodA, periodB);
    if (period > MAX_SHORT_PERIOD && period % 16 !== 0) tensors.withScratch((period + 32) * 4, runWith);
    else runWith(0);
  }
  return y;
}

/** A kernel of two inputs a and b that broadcast, and no attributes. The result has their dtype, or the given one. */
export function binaryKernel(kernelName: string, functions: BinaryFunctions, dtype?: DataType): KernelConfig {
  return defineKernel<BinaryInputs>(kernelName, ({inputs: {a, b}, tensors}) => {
    const run = a.dtype === b.dtype ? functions[a.dtype] : undefined;
    return run && runBinary(tensors, run, a, b, dtype ?? a.dtype);
  });
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
