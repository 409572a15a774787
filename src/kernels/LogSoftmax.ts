import {type LogSoftmaxAttrs, type LogSoftmaxInputs, LogSoftmax as NAME} from '@tensorflow/tfjs-core';
import {defineKernel} from './shared/kernel';
import {softmaxRows} from './shared/softmax';

/** The logarithm of Softmax; float32. tf.logSoftmax itself is made of other kernels, so that it takes any dtype. */
export const logSoftmax = defineKernel<LogSoftmaxInputs, LogSoftmaxAttrs>(NAME, ({inputs: {logits}, attrs, backend}) =>
  softmaxRows(backend, logits, attrs.axis, 'log_softmax_f32'),
);
