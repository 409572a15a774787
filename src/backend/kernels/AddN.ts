import {type AddNInputs, AddN as NAME, util} from '@tensorflow/tfjs-core';
import {defineKernel} from './shared/kernel.js';

/** The sum of any number of tensors of one shape, in their order; float32 and int32. */
export const addN = defineKernel<Record<string, never>>(NAME, ({inputs, backend}) => {
  const tensors = inputs as unknown as AddNInputs;
  const {shape, dtype} = tensors[0];
  if (dtype !== 'float32' && dtype !== 'int32') return undefined;
  const run = dtype === 'float32' ? backend.wasm.add_n_f32 : backend.wasm.add_n_i32;
  const y = backend.allocate(shape, dtype);
  const sum = backend.offset(y);
  const n = util.sizeFromShape(shape);
  for (let first = 0; first < tensors.length; first += MAX_INPUTS) {
    const offsets = tensors.slice(first, first + MAX_INPUTS).map((tensor) => backend.offset(tensor));
    if (first > 0) offsets.unshift(sum);
    run(backend.writeParams(offsets), offsets.length, sum, n);
  }
  return y;
});

/** What fits into the parameters, one more of which is the sum so far. */
const MAX_INPUTS = 255;
