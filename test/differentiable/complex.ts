/** Complex tensors: tfjs-core takes no gradient that is not float32, so nothing is differentiated by way of one. */
import * as tf from '@tensorflow/tfjs-core';
import {type DifferentiableCase, differentiable, type Options} from './types';

const lacks = (kernel: string): Options => ({missing: `gradient function not found for ${kernel}`});

export const cases: readonly DifferentiableCase[] = [
  differentiable(
    'complex',
    '',
    [[2], [2]],
    (re: tf.Tensor, im: tf.Tensor) => tf.real(tf.complex(re, im)),
    lacks('Real'),
  ),
  differentiable('imag', '', [[2], [2]], (re: tf.Tensor, im: tf.Tensor) => tf.imag(tf.complex(re, im)), lacks('Imag')),
  differentiable(
    'abs',
    'of a complex tensor',
    [[2], [2]],
    (re: tf.Tensor, im: tf.Tensor) => tf.abs(tf.complex(re, im)),
    lacks('Complex'),
  ),
  differentiable('spectral.rfft', '', [[4]], (x: tf.Tensor) => tf.real(tf.spectral.rfft(x)), lacks('Real')),
  differentiable(
    'spectral.fft',
    '',
    [[4]],
    (x: tf.Tensor) => tf.real(tf.spectral.fft(tf.complex(x, x))),
    lacks('Real'),
  ),
  differentiable(
    'spectral.ifft',
    '',
    [[4]],
    (x: tf.Tensor) => tf.real(tf.spectral.ifft(tf.complex(x, x))),
    lacks('Real'),
  ),
  differentiable('spectral.irfft', '', [[3]], (x: tf.Tensor) => tf.spectral.irfft(tf.complex(x, x)), lacks('Real')),
  differentiable('signal.stft', '', [[6]], (x: tf.Tensor1D) => tf.real(tf.signal.stft(x, 4, 2)), lacks('Real')),
];
