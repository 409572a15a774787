import {FloorDiv as NAME} from '@tensorflow/tfjs-core';
import {binaryKernel} from './shared/binary.js';

/** a / b rounded down, to int32 as in tfjs; float32 and int32. */
export const floorDiv = binaryKernel(NAME, {float32: 'floor_div_f32', int32: 'floor_div_i32'}, 'int32');
