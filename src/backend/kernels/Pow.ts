import {Pow as NAME} from '@tensorflow/tfjs-core';
import {binaryKernel} from './shared/binary.js';

/** a^b; float32. int32 goes to the fallback: its results are the low 32 bits of Math.pow's. */
export const pow = binaryKernel(NAME, {float32: 'pow_f32'});
