import {LogicalXor as NAME} from '@tensorflow/tfjs-core';
import {binaryKernel} from './shared/binary.js';

/** a or b, but not both; bool. */
export const logicalXor = binaryKernel(NAME, {bool: 'logical_xor_bool'});
