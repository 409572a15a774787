import {LogicalAnd as NAME} from '@tensorflow/tfjs-core';
import {binaryKernel} from './shared/binary.js';

/** a and b; bool. */
export const logicalAnd = binaryKernel(NAME, {bool: 'logical_and_bool'});
