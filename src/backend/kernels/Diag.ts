import {type DiagInputs, Diag as NAME, util} from '@tensorflow/tfjs-core';
import {elementBytes} from './shared/dtypes.js';
import {defineKernel} from './shared/kernel.js';

/** A matrix of zeros with the elements of x on its diagonal, of x's shape twice; float32, int32, bool. */
export const diag = defineKernel<DiagInputs>(NAME, ({inputs: {x}, backend}) => {
  const bytes = elementBytes(x.dtype);
  if (!bytes) return undefined;
  const y = backend.allocate([...x.shape, ...x.shape], x.dtype);
  const run = bytes === 4 ? backend.wasm.diag_32 : backend.wasm.diag_8;
  run(backend.offset(x), backend.offset(y), util.sizeFromShape(x.shape));
  return y;
});
