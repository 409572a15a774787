import type {DataType, KernelConfig, NamedTensorInfoMap, TensorInfo} from '@tensorflow/tfjs-core';
import type {KernelExportName, KernelExports} from '../../module/load.js';
import type {Tensors} from '../../tensors.js';
import {axesOf} from './check.js';
import {defineKernel} from './kernel.js';
import {transpose} from './transpose.js';

/** y[o, i] from x[o, r, i]: the addresses of x and y, then the sizes of o, r and i. */
type Reduce = (x: number, y: number, outer: number, n: number, inner: number) => void;
type ReduceExport = {[K in KernelExportName]: KernelExports[K] extends Reduce ? K : never}[KernelExportName];

/** The WebAssembly function and the dtype of y, for each dtype of x that has one. */
export type ReduceFunctions = Partial<Record<DataType, readonly [ReduceExport, DataType]>>;

interface ReduceInputs extends NamedTensorInfoMap {
  x: TensorInfo;
}

interface ReduceAttrs {
  /** The axes of Max, which tfjs names otherwise than those of all other kernels. */
  reductionIndices?: number | number[];
  axis?: number | number[];
  keepDims?: boolean;
}

/** A reduction over any set of axes, negative ones counted from the last, all of them by default. */
export function reduceKernel(kernelName: string, functions: ReduceFunctions): KernelConfig {
  return defineKernel<ReduceInputs, ReduceAttrs>(kernelName, ({inputs: {x}, attrs, tensors}) => {
    const axes = axesOf(kernelName, attrs.reductionIndices ?? attrs.axis, x.shape);
    const found = functions[x.dtype];
    if (!found) return undefined;
    return reduce(tensors, x, axes, attrs.keepDims === true, found[0], found[1]);
  });
}

/** Runs the function over x. If the reduced axes are not neighbours, x is transposed first. */
export function reduce(
  tensors: Tensors,
  x: TensorInfo,
  axes: readonly number[],
  keepDims: boolean,
  run: ReduceExport,
  dtype: DataType,
): TensorInfo {
  const {shape} = x;
  const outShape: number[] = [];
  let outer = 1;
  let n = 1;
  let inner = 1;
  let scattered = false;
  // Dimensions of size 1 fit anywhere.
  let inside = false;
  for (let i = 0; i < shape.length; i++) {
    const size = shape[i];
    if (axes.includes(i)) {
      if (keepDims) outShape.push(1);
      if (inner !== 1 && size !== 1) scattered = true;
      n *= size;
      inside ||= size !== 1;
    } else {
      outShape.push(size);
      if (inside) inner *= size;
      else outer *= size;
    }
  }
  const y = tensors.allocate(outShape, dtype);
  if (outer * inner === 0) return y;
  const isSum = run === 'sum_f32' || run === 'mean_f32';
  if (isSum && outer === 1 && !scattered && tensors.sumDeferred(x, y, run === 'sum_f32' ? 1 : n)) return y;
  const call = tensors.wasm[run] as Reduce;
  if (scattered) {
    const dims = shape.map((_, i) => i);
    const kept = dims.filter((i) => !axes.includes(i));
    const gathered = transpose(tensors, x, [...kept, ...dims.filter((i) => axes.includes(i))]);
    call(tensors.offset(gathered), tensors.offset(y), outer * inner, n, 1);
    tensors.dispose(gathered);
  } else {
    call(tensors.offset(x), tensors.offset(y), outer, n, inner);
  }
  return y;
}

/** The WebAssembly function for each dtype of x that has one; y is int32. */
export type ArgReduceFunctions = Partial<Record<DataType, ReduceExport>>;

/** The index of the largest or smallest element along one axis. */
export function argReduceKernel(kernelName: string, functions: ArgReduceFunctions): KernelConfig {
  return defineKernel<ReduceInputs, ReduceAttrs>(kernelName, ({inputs: {x}, attrs, tensors}) => {
    const found = functions[x.dtype];
    const axes = axesOf(kernelName, attrs.axis, x.shape);
    if (!found || axes.length !== 1) return undefined;
    return reduce(tensors, x, axes, false, found, 'int32');
  });
}
