import {Transform as NAME, type TransformAttrs, type TransformInputs, util} from '@tensorflow/tfjs-core';
import {FillMode} from '../../../assembly/abi.js';
import {elementBytes} from '../dtypes.js';
import {checkRank} from './shared/check.js';
import {defineKernel} from './shared/kernel.js';
import {resizedShape} from './shared/resize.js';

/**
 * NHWC images through a projection for each, or one for all; float32. All images of a batch are transformed, where
 * tfjs-backend-cpu transforms only the first.
 */
export const transform = defineKernel<TransformInputs, TransformAttrs>(NAME, ({inputs, attrs, tensors}) => {
  const {image: x, transforms} = inputs;
  checkRank(NAME, 'image', x, 4);
  const {interpolation, fillMode, fillValue, outputShape} = attrs;
  if (interpolation !== 'nearest' && interpolation !== 'bilinear') {
    throw new Error(`Error in Transform: Expect 'nearest' or 'bilinear', but got ${interpolation}`);
  }
  const [batch, height, width, channels] = x.shape;
  const [count, length] = transforms.shape;
  if (transforms.shape.length !== 2 || length !== 8 || (count !== 1 && count !== batch)) {
    throw new Error(`Transform: transforms are [${transforms.shape}]; expected [1, 8] or [${batch}, 8].`);
  }
  const shape = resizedShape(NAME, x, outputShape ?? [height, width]);
  tensors.checkRoom(shape);
  if (!elementBytes(x.dtype) || !elementBytes(transforms.dtype)) {
    throw new Error(`Transform: image is ${x.dtype}, transforms are ${transforms.dtype}; expected numbers.`);
  }
  if (x.dtype !== 'float32' || transforms.dtype !== 'float32') return undefined;
  const y = tensors.allocate(shape, 'float32');
  if (util.sizeFromShape(shape) === 0) return y;
  const fill = tensors.upload(new Float32Array(channels).fill(fillValue), [channels], 'float32');
  const {wasm} = tensors;
  const run = interpolation === 'nearest' ? wasm.transform_nearest_f32 : wasm.transform_bilinear_f32;
  run(
    tensors.offset(x),
    tensors.offset(y),
    batch,
    height,
    width,
    channels,
    shape[1],
    shape[2],
    tensors.offset(transforms),
    count === 1 ? 0 : 32,
    // An unknown fill mode counts as `constant`.
    FillMode[fillMode] ?? FillMode.constant,
    tensors.offset(fill),
  );
  tensors.dispose(fill);
  return y;
});
