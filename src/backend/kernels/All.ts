import {All as NAME} from '@tensorflow/tfjs-core';
import {reduceKernel} from './shared/reduce.js';

/** Whether all elements along the given axes are true: their minimum; bool. */
export const all = reduceKernel(NAME, {bool: ['min_bool', 'bool']});
