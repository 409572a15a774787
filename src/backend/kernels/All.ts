import {All as NAME} from '@tensorflow/tfjs-core';
import {reduceKernel} from './shared/reduce.js';

/** Whether all are true over the given axes: the smallest; bool. */
export const all = reduceKernel(NAME, {bool: ['min_bool', 'bool']});
