import {type TensorInfo, util} from '@tensorflow/tfjs-core';

/** Checks what a kernel that normalises columns is called with: float32, and operands of a number for each column of x. */
export function checkColumns(kernelName: string, x: TensorInfo, operands: Record<string, TensorInfo>): void {
  util.assert(x.shape.length > 0, () => `${kernelName}: x must have one dimension or more, got a scalar.`);
  const columns = x.shape.slice(-1);
  for (const [name, {shape, dtype}] of Object.entries(operands)) {
    util.assert(
      util.arraysEqual(shape, columns) && dtype === 'float32',
      () => `${kernelName}: ${name} must be float32 of shape [${columns}], the last of x, got ${dtype} of [${shape}].`,
    );
  }
  util.assert(x.dtype === 'float32', () => `${kernelName}: x must be float32, got ${x.dtype}.`);
}
