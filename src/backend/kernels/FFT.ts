import {type FFTInputs, FFT as NAME} from '@tensorflow/tfjs-core';
import {fourier} from './shared/fourier.js';
import {defineKernel} from './shared/kernel.js';

/** The discrete Fourier transform over the last dimension; complex64. */
export const fft = defineKernel<FFTInputs>(NAME, ({inputs: {input}, tensors}) => fourier(tensors, input, 'forward'));
