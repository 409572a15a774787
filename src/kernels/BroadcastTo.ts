import {type BroadCastToAttrs, type BroadcastToInputs, BroadcastTo as NAME, util} from '@tensorflow/tfjs-core';
import {Opcode} from '../../assembly/elementwise/opcode.js';
import {elementBytes} from './shared/dtypes.js';
import {defineKernel} from './shared/kernel.js';
import {copyStrided, denseStrides} from './shared/strided.js';

/** x repeated along its dimensions of size 1; `shape` has the rank of x; float32, int32, bool. */
export const broadcastTo = defineKernel<BroadcastToInputs, BroadCastToAttrs>(NAME, ({inputs: {x}, attrs, backend}) => {
  if (!elementBytes(x.dtype)) return undefined;
  const {shape} = attrs;
  const repeats = shape.map((size, i) => x.shape[i] !== size);
  const isRow =
    repeats.lastIndexOf(true) < x.shape.findIndex((size) => size !== 1) || util.sizeFromShape(x.shape) === 1;
  if (x.dtype === 'float32' && isRow) {
    const row = {tensor: x, period: util.sizeFromShape(x.shape)};
    const deferred = backend.defer(Opcode.copy_bytes, shape, [row]);
    if (deferred) return deferred;
  }
  const strides = denseStrides(x.shape).map((stride, i) => (repeats[i] ? 0 : stride));
  return copyStrided(backend, x, {offset: 0, sizes: shape, strides}, shape);
});
