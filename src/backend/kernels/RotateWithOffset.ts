import {
  backend_util,
  RotateWithOffset as NAME,
  type RotateWithOffsetAttrs,
  type RotateWithOffsetInputs,
  util,
} from '@tensorflow/tfjs-core';
import {defineKernel} from './shared/kernel.js';

/** The fourth channel of what is outside the image, if the others' is given one by one. */
const OPAQUE = 255;

/** NHWC images turned about a centre, each pixel the nearest one; float32 and int32. */
export const rotateWithOffset = defineKernel<RotateWithOffsetInputs, RotateWithOffsetAttrs>(NAME, (call) => {
  const {inputs, attrs, backend} = call;
  const {image: x} = inputs;
  if (x.dtype !== 'float32' && x.dtype !== 'int32') return undefined;
  const {radians, fillValue, center} = attrs;
  const [batch, height, width, channels] = x.shape;
  const y = backend.allocate(x.shape, x.dtype);
  if (util.sizeFromShape(x.shape) === 0) return y;
  const pixel = Array.from({length: channels}, (_, channel) => {
    if (typeof fillValue === 'number') return fillValue;
    return channel === 3 ? OPAQUE : (fillValue[channel] ?? Number.NaN);
  });
  const values = x.dtype === 'float32' ? Float32Array.from(pixel) : Int32Array.from(pixel);
  const fill = backend.upload(values, [channels], x.dtype);
  const [centerX, centerY] = backend_util.getImageCenter(center, height, width);
  backend.wasm.rotate_32(
    backend.offset(x),
    backend.offset(y),
    batch,
    height,
    width,
    channels,
    Math.sin(radians),
    Math.cos(radians),
    centerX,
    centerY,
    backend.offset(fill),
  );
  backend.disposeTensor(fill);
  return y;
});
