import {
  backend_util,
  RotateWithOffset as NAME,
  type RotateWithOffsetAttrs,
  type RotateWithOffsetInputs,
  util,
} from '@tensorflow/tfjs-core';
import {checkRank} from './shared/check.js';
import {defineKernel} from './shared/kernel.js';

/** The fourth channel outside the image, if fillValue lists the channels. */
const OPAQUE = 255;

/** NHWC images rotated about a centre, each pixel the nearest one; float32 and int32. */
export const rotateWithOffset = defineKernel<RotateWithOffsetInputs, RotateWithOffsetAttrs>(NAME, (call) => {
  const {inputs, attrs, tensors} = call;
  const {image: x} = inputs;
  checkRank(NAME, 'image', x, 4);
  const {radians, fillValue, center} = attrs;
  for (const [name, value] of Object.entries({fillValue, center})) {
    if (typeof value === 'number' || Array.isArray(value)) continue;
    throw new Error(`RotateWithOffset: ${name} is ${value}; expected a number or a list of numbers.`);
  }
  if (x.dtype !== 'float32' && x.dtype !== 'int32') return undefined;
  const [batch, height, width, channels] = x.shape;
  const y = tensors.allocate(x.shape, x.dtype);
  if (util.sizeFromShape(x.shape) === 0) return y;
  const pixel = Array.from({length: channels}, (_, channel) => {
    if (typeof fillValue === 'number') return fillValue;
    return channel === 3 ? OPAQUE : (fillValue[channel] ?? Number.NaN);
  });
  const values = x.dtype === 'float32' ? Float32Array.from(pixel) : Int32Array.from(pixel);
  const fill = tensors.upload(values, [channels], x.dtype);
  const [centerX, centerY] = backend_util.getImageCenter(center, height, width);
  tensors.wasm.rotate_32(
    tensors.offset(x),
    tensors.offset(y),
    batch,
    height,
    width,
    channels,
    Math.sin(radians),
    Math.cos(radians),
    centerX,
    centerY,
    tensors.offset(fill),
  );
  tensors.dispose(fill);
  return y;
});
