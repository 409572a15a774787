import {
  Add,
  type backend_util,
  Elu,
  LeakyRelu,
  Prelu,
  Relu,
  Relu6,
  Sigmoid,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import type {Tensors} from '../../tensors.js';
import {consume, runKernel} from './kernel.js';

interface ActivationAttrs {
  activation?: backend_util.Activation;
  leakyreluAlpha?: number;
}

/** The kernels of activations without a parameter. */
const kernels: Partial<Record<backend_util.Activation, string>> = {
  relu: Relu,
  relu6: Relu6,
  elu: Elu,
  sigmoid: Sigmoid,
};

/** Whether kernels can start their sums from this bias: one float32 for each of the n columns. */
export function isRowBias(bias: TensorInfo | undefined, n: number): boolean {
  return bias !== undefined && bias.dtype === 'float32' && bias.shape.length === 1 && bias.shape[0] === n;
}

/**
 * activation(y + bias), with the bias broadcast as in Add; takes over the reference to y.
 *
 * @throws Error if the activation is unknown.
 */
export function addBiasAndActivate(
  tensors: Tensors,
  y: TensorInfo,
  bias: TensorInfo | undefined,
  {activation = 'linear', leakyreluAlpha}: ActivationAttrs,
  preluWeights: TensorInfo | undefined,
  dataFormat: 'channelsLast' | 'channelsFirst' = 'channelsLast',
): TensorInfo {
  let result = y;
  if (bias) {
    const b = alignChannels(tensors, bias, dataFormat);
    result = consume(tensors, result, runKernel(tensors, Add, {a: result, b}, {}));
    tensors.dispose(b);
  }
  const kernel = kernels[activation];
  if (kernel) {
    return consume(tensors, result, runKernel(tensors, kernel, {x: result}, {}));
  }
  if (activation === 'leakyrelu') {
    return consume(tensors, result, runKernel(tensors, LeakyRelu, {x: result}, {alpha: leakyreluAlpha}));
  }
  if (activation === 'prelu' && preluWeights) {
    const alpha = alignChannels(tensors, preluWeights, dataFormat);
    result = consume(tensors, result, runKernel(tensors, Prelu, {x: result, alpha}, {}));
    tensors.dispose(alpha);
    return result;
  }
  if (activation === 'linear') return result;
  throw new Error(`mnist-wasm: unknown fused activation '${activation}'.`);
}

/** Values for each channel, shaped to be broadcast over the pixels of NCHW; all others as they are. */
function alignChannels(tensors: Tensors, values: TensorInfo, dataFormat: 'channelsLast' | 'channelsFirst'): TensorInfo {
  const perChannel = dataFormat === 'channelsFirst' && values.shape.length === 1 && values.shape[0] !== 1;
  return tensors.share(values, perChannel ? [values.shape[0], 1, 1] : values.shape);
}
