import {type DataType, type KernelConfig, type TensorInfo, type UnaryInputs, util} from '@tensorflow/tfjs-core';
import type {KernelExportName, KernelExports} from '../../module/load.js';
import type {Tensors} from '../../tensors.js';
import {defineKernel} from './kernel.js';
import {opcodeOf} from './opcode.js';

/** y[i] from x[i] for i < n: the addresses of x and y, n, and up to two parameters. */
type Unary = (x: number, y: number, n: number, p?: number, q?: number) => void;

/** The names of the WebAssembly functions with these arguments. */
export type UnaryExport = {
  [K in KernelExportName]: KernelExports[K] extends (x: number, y: number, n: number, p: number, q: number) => void
    ? K
    : never;
}[KernelExportName];

/** The WebAssembly function for each dtype of x that has one. */
export type UnaryFunctions = Partial<Record<DataType, UnaryExport>>;

/**
 * Runs a function of x; the result has x's shape and the given dtype. p and q are the function's parameters, if any.
 */
export function runUnary(
  tensors: Tensors,
  run: UnaryExport,
  x: TensorInfo,
  dtype: DataType,
  p?: number,
  q?: number,
): TensorInfo {
  const n = util.sizeFromShape(x.shape);
  const opcode = tensors.defers(n) ? opcodeOf(run) : undefined;
  const deferred = opcode === undefined ? undefined : tensors.defer(opcode, x.shape, [{tensor: x, period: 0}], p, q);
  if (deferred) return deferred;
  const y = tensors.allocate(x.shape, dtype);
  (tensors.wasm[run] as Unary)(tensors.offset(x), tensors.offset(y), n, p, q);
  return y;
}

/** A kernel of one input x, without attributes. The result has x's dtype, or the given one. */
export function unaryKernel(kernelName: string, functions: UnaryFunctions, dtype?: DataType): KernelConfig {
  return defineKernel<UnaryInputs>(kernelName, ({inputs: {x}, tensors}) => runUnaryOf(tensors, functions, x, dtype));
}

/** Runs the function for the dtype of x; undefined if it has none. */
export function runUnaryOf(
  tensors: Tensors,
  functions: UnaryFunctions,
  x: TensorInfo,
  dtype?: DataType,
): TensorInfo | undefined {
  const run = functions[x.dtype];
  return run && runUnary(tensors, run, x, dtype ?? x.dtype);
}

/** A kernel that rounds float32 to integers; int32 and bool are returned as they are. */
export function roundingKernel(kernelName: string, run: UnaryExport): KernelConfig {
  return defineKernel<UnaryInputs>(kernelName, ({inputs: {x}, tensors}) => {
    if (x.dtype === 'float32') return runUnary(tensors, run, x, 'float32');
    return x.dtype === 'int32' || x.dtype === 'bool' ? tensors.share(x, x.shape) : undefined;
  });
}
