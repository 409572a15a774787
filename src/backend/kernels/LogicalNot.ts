import {LogicalNot as NAME} from '@tensorflow/tfjs-core';
import {unaryKernel} from './shared/unary.js';

/** Whether x is false; bool. */
export const logicalNot = unaryKernel(NAME, {bool: 'logical_not_bool'});
