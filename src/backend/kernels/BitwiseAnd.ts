import {BitwiseAnd as NAME} from '@tensorflow/tfjs-core';
import {binaryKernel} from './shared/binary.js';

/** The bits that both a and b have; int32. */
export const bitwiseAnd = binaryKernel(NAME, {int32: 'bitwise_and_i32'});
