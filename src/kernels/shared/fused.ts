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
  util,
} from '@tensorflow/tfjs-core';
import type {MnistWasmBackend} from '../../backend.js';
import type {KernelExportName} from '../../module/load.js';
import {consume, runKernel} from './kernel.js';

interface ActivationAttrs {
  activation?: backend_util.Activation;
  leakyreluAlpha?: number;
}

/** Activations of one argument: the function that runs in place for float32, and the kernel for other dtypes. */
const ofOneArgument: Partial<Record<backend_util.Activation, [KernelExportName, string]>> = {
  relu: ['relu_f32', Relu],
  relu6: ['relu6_f32', Relu6],
  elu: ['elu_f32', Elu],
  sigmoid: ['sigmoid_f32', Sigmoid],
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
  const found = ofOneArgument[activation];
  if (found) {
    const [run, kernel] = found;
    if (result.dtype !== 'float32') return consume(result, runKernel(kernel, {x: result}, {}, backend), backend);
    const offset = backend.offset(result);
    (backend.wasm[run] as (x: number, y: number, n: number) => void)(offset, offset, util.sizeFromShape(result.shape));
    return result;
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
