import {type IFFTInputs, IFFT as NAME} from '@tensorflow/tfjs-core';
import {fourier} from './shared/fourier.js';
import {defineKernel} from './shared/kernel.js';

/** The inverse of the discrete Fourier transform over the last dimension; complex64. */
export const ifft = defineKernel<IFFTInputs>(NAME, ({inputs: {input}, tensors}) => fourier(tensors, input, 'inverse'));
