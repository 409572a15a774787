import {type AddNInputs, AddN as NAME, util} from '@tensorflow/tfjs-core';
import {PARAMETER_WORDS} from '../../../assembly/abi.js';
import {checkShape} from './shared/check.js';
import {defineKernel} from './shared/kernel.js';

/** The sum of any number of tensors of one shape, in their order; float32 and int32. */
export const addN = defineKernel<Record<string, never>>(NAME, ({inputs, tensors}) => {
  const list = inputs as unknown as AddNInputs;
  const {shape, dtype} = list[0];
  for (const tensor of list) checkShape(NAME, 'an input', tensor, shape);
  if ((dtype !== 'float32' && dtype !== 'int32') || list.some((tensor) => tensor.dtype !== dtype)) return undefined;
  const run = dtype === 'float32' ? tensors.wasm.add_n_f32 : tensors.wasm.add_n_i32;
  const y = tensors.allocate(shape, dtype);
  const sum = tensors.offset(y);
  const n = util.sizeFromShape(shape);
  for (let first = 0; first < list.length; first += MAX_INPUTS) {
    const offsets = list.slice(first, first + MAX_INPUTS).map((tensor) => tensors.offset(tensor));
    if (first > 0) offsets.unshift(sum);
    run(tensors.writeParams(offsets), offsets.length, sum, n);
  }
  return y;
});

/** The most addresses that the parameters of a call have room for, besides that of the sum so far. */
const MAX_INPUTS = PARAMETER_WORDS - 1;
