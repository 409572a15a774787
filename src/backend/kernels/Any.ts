import {Any as NAME} from '@tensorflow/tfjs-core';
import {reduceKernel} from './shared/reduce.js';

/** Whether any element along the given axes is true: their maximum; bool. */
export const any = reduceKernel(NAME, {bool: ['max_bool', 'bool']});
