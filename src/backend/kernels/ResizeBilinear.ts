import {
  ResizeBilinear as NAME,
  type ResizeBilinearAttrs,
  type ResizeBilinearInputs,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs-core';
import {elementBytes} from '../dtypes.js';
import {cast} from './shared/cast.js';
import {defineKernel} from './shared/kernel.js';
import {resizedShape} from './shared/resize.js';

/** NHWC images resized, each pixel interpolated between four; float32, int32 and bool to float32. */
export const resizeBilinear = defineKernel<ResizeBilinearInputs, ResizeBilinearAttrs>(NAME, (call) => {
  const {inputs, attrs, tensors} = call;
  const [alignCorners, halfPixelCenters] = [Boolean(attrs.alignCorners), Boolean(attrs.halfPixelCenters)];
  const shape = resizedShape(NAME, inputs.images, attrs.size);
  tensors.checkRoom(shape);
  if (!elementBytes(inputs.images.dtype)) return undefined;
  const y = tensors.allocate(shape, 'float32');
  if (util.sizeFromShape(shape) === 0) return y;
  const x = cast(tensors, inputs.images, 'float32') as TensorInfo;
  const [batch, newHeight, newWidth, channels] = shape;
  const [, height, width] = x.shape;
  const {wasm} = tensors;
  tensors.withScratch(wasm.resize_bilinear_f32_scratch_bytes(newHeight, newWidth, channels), (scratch) =>
    wasm.resize_bilinear_f32(
      tensors.offset(x),
      tensors.offset(y),
      batch,
      height,
      width,
      newHeight,
      newWidth,
      channels,
      alignCorners,
      halfPixelCenters,
      scratch,
    ),
  );
  tensors.dispose(x);
  return y;
});
