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
import type {MnistWasmBackend} from '../../backend.js';
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

/** Whether the kernels can start their sums from this bias: one float32 for each of the n columns. */
export function isRowBias(bias: TensorInfo | undefined, n: number): boolean {
  return bias !== undefined && bias.dtype === 'float32' && bias.shape.length === 1 && bias.shape[0] === n;
}

/**
 * activation(y + bias), with the bias broadcast as Add does it; takes over the reference to y.
 *
 * @throws Error if the activation is unknown.
 */
export function addBiasAndActivate(
  y: TensorInfo,
  bias: TensorInfo | undefined,
  {activation = 'linear', leakyreluAlpha}: ActivationAttrs,
  preluWeights: TensorInfo | undefined,
  backend: MnistWasmBackend,
  dataFormat: 'channelsLast' | 'channelsFirst' = 'channelsLast',
): TensorInfo {
  let result = y;
  if (bias) {
    const b = alignChannels(bias, dataFormat, backend);
    result = consume(result, runKernel(Add, {a: result, b}, {}, backend), backend);
    backend.disposeTensor(b);
  }
  const kernel = kernels[activation];
  if (kernel) {
    return consume(result, runKernel(kernel, {x: result}, {}, backend), backend);
  }
  if (activation === 'leakyrelu') {
    return consume(result, runKernel(LeakyRelu, {x: result}, {alpha: leakyreluAlpha}, backend), backend);
  }
  if (activation === 'prelu' && preluWeights) {
    const alpha = alignChannels(preluWeights, dataFormat, backend);
    result = consume(result, runKernel(Prelu, {x: result, alpha}, {}, backend), backend);
    backend.disposeTensor(alpha);
    return result;
  }
  if (activation === 'linear') return result;
  throw new Error(`mnist-wasm: unknown fused activation '${activation}'.`);
}

/** One value a channel, shaped to be broadcast over the pixels of NCHW; anything else as it is. */
function alignChannels(
  values: TensorInfo,
  dataFormat: 'channelsLast' | 'channelsFirst',
  backend: MnistWasmBackend,
): TensorInfo {
  const perChannel = dataFormat === 'channelsFirst' && values.shape.length === 1 && values.shape[0] !== 1;
  return backend.share(values, perChannel ? [values.shape[0], 1, 1] : values.shape);
}
