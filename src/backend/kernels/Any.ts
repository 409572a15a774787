import {Any as NAME} from '@tensorflow/tfjs-core';
import {reduceKernel} from './shared/reduce.js';

/** Whether any is true over the given axes: the largest; bool. */
export const any = reduceKernel(NAME, {bool: ['max_bool', 'bool']});
