import {type LRNAttrs, type TensorInfo, util} from '@tensorflow/tfjs-core';
import type {Tensors} from '../../tensors.js';

/**
 * The arguments of the WebAssembly functions after the addresses: the numbers of pixels and channels, the attributes,
 * scratch.
 */
type LrnArguments = [
  pixels: number,
  channels: number,
  radius: number,
  bias: number,
  alpha: number,
  beta: number,
  scratch: number,
];

/**
 * Runs a function of local response normalization over the last dimension of `inputs`, of rank 4 and equal shapes.
 *
 * @returns a new tensor, or undefined for what has no function: dtypes other than float32, and radii that are not
 * integers >= 0
 * @throws Error if the shapes do not fit together.
 */
export function runLrn(
  tensors: Tensors,
  inputs: readonly TensorInfo[],
  {depthRadius, bias, alpha, beta}: LRNAttrs,
  run: (offsets: number[], args: LrnArguments) => void,
): TensorInfo | undefined {
  const [{shape}] = inputs;
  util.assert(
    inputs.every((input) => input.shape.length === 4 && util.arraysEqual(input.shape, shape)),
    () => `localResponseNormalization: expected rank 4 and equal shapes, got ${inputs.map((t) => `[${t.shape}]`)}.`,
  );
  if (inputs.some(({dtype}) => dtype !== 'float32') || !util.isInt(depthRadius) || depthRadius < 0) return undefined;
  const result = tensors.allocate(shape, 'float32');
  const size = util.sizeFromShape(shape);
  if (size === 0) return result;
  const channels = shape[3];
  const radius = Math.min(depthRadius, channels - 1);
  tensors.withScratch(tensors.wasm.lrn_scratch_bytes(channels, radius), (scratch) => {
    const offsets = [...inputs, result].map((tensor) => tensors.offset(tensor));
    run(offsets, [size / channels, channels, radius, bias, alpha, beta, scratch]);
  });
  return result;
}
