import {type DiagInputs, Diag as NAME, util} from '@tensorflow/tfjs-core';
import {elementBytes} from '../dtypes.js';
import {defineKernel} from './shared/kernel.js';

/** A tensor of zeros with the elements of x on its diagonal, of x's shape twice; float32, int32, bool. */
export const diag = defineKernel<DiagInputs>(NAME, ({inputs: {x}, tensors}) => {
  const bytes = elementBytes(x.dtype);
  if (!bytes) return undefined;
  const y = tensors.allocate([...x.shape, ...x.shape], x.dtype);
  const run = bytes === 4 ? tensors.wasm.diag_32 : tensors.wasm.diag_8;
  run(tensors.offset(x), tensors.offset(y), util.sizeFromShape(x.shape));
  return y;
});
