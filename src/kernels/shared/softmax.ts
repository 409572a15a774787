import {type TensorInfo, util} from '@tensorflow/tfjs-core';
import type {MnistWasmBackend} from '../../backend';

/** Runs the function over the rows of float32 logits; undefined for other dtypes. */
export function softmaxRows(
  backend: MnistWasmBackend,
  logits: TensorInfo,
  dim: number,
  run: 'softmax_f32' | 'log_softmax_f32',
): TensorInfo | undefined {
  const {shape, dtype} = logits;
  const last = shape.length - 1;
  if (dim !== -1 && dim !== last) {
    throw new Error(
      `Softmax along a non-last dimension is not supported: logits have rank ${shape.length} and dim is ${dim}; ` +
        `expected ${last} or -1. Transpose the logits first.`,
    );
  }
  if (dtype !== 'float32') return undefined;
  const y = backend.allocate(shape, 'float32');
  const size = util.sizeFromShape(shape);
  const classes = shape[last] ?? 1;
  if (size > 0) backend.wasm[run](backend.offset(logits), backend.offset(y), size / classes, classes);
  return y;
}
