import {RealDiv as NAME} from '@tensorflow/tfjs-core';
import {binaryKernel} from './shared/binary.js';

/** a / b; int32 rounds towards zero; float32 and int32. */
export const realDiv = binaryKernel(NAME, {float32: 'real_div_f32', int32: 'real_div_i32'});
