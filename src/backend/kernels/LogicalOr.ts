import {LogicalOr as NAME} from '@tensorflow/tfjs-core';
import {binaryKernel} from './shared/binary.js';

/** a or b; bool. */
export const logicalOr = binaryKernel(NAME, {bool: 'logical_or_bool'});
