import {Mod as NAME} from '@tensorflow/tfjs-core';
import {binaryKernel} from './shared/binary.js';

/** The remainder of a / b with the sign of b; float32 and int32. */
export const mod = binaryKernel(NAME, {float32: 'mod_f32', int32: 'mod_i32'});
