import {Add, type backend_util, LeakyRelu, Prelu, type TensorInfo} from '@tensorflow/tfjs-core';
import type {MnistWasmBackend} from '../../backend.js';
import {runKernel} from './kernel.js';
import {runUnary, type UnaryExport} from './unary.js';

interface ActivationAttrs {
  activation?: backend_util.Activation;
  leakyreluAlpha?: number;
}

/** Activations without a parameter. */
const activations: Partial<Record<backend_util.Activation, UnaryExport>> = {
  relu: 'relu_f32',
  relu6: 'relu6_f32',
  elu: 'elu_f32',
  sigmoid: 'sigmoid_f32',
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
  const run = activations[activation];
  if (run) {
    return consume(result, runUnary(backend, run, result, 'float32'), backend);
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

function consume(input: TensorInfo, output: TensorInfo, backend: MnistWasmBackend): TensorInfo {
  backend.disposeTensor(input);
  return output;
}
