import {
  type CropAndResizeAttrs,
  type CropAndResizeInputs,
  CropAndResize as NAME,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs-core';
import {elementBytes} from '../dtypes.js';
import {cast} from './shared/cast.js';
import {checkRank} from './shared/check.js';
import {defineKernel} from './shared/kernel.js';
import {resizedShape} from './shared/resize.js';

/** The parts of NHWC images that boxes cover, all resized to one size; float32, int32 and bool to float32. */
export const cropAndResize = defineKernel<CropAndResizeInputs, CropAndResizeAttrs>(NAME, ({inputs, attrs, tensors}) => {
  const {image, boxes, boxInd} = inputs;
  checkRank(NAME, 'image', image, 4);
  const {cropSize, method, extrapolationValue} = attrs;
  const [boxCount] = boxes.shape;
  if (boxes.shape.length !== 2 || boxes.shape[1] !== 4 || util.sizeFromShape(boxInd.shape) !== boxCount) {
    throw new Error(`CropAndResize: boxes are [${boxes.shape}], boxInd is [${boxInd.shape}]; expected [n, 4] and [n].`);
  }
  const [batch, height, width, channels] = image.shape;
  const shape = resizedShape(NAME, {...image, shape: [boxCount, height, width, channels]}, cropSize);
  tensors.checkRoom(shape);
  if (!elementBytes(image.dtype) || boxes.dtype !== 'float32' || boxInd.dtype !== 'int32') return undefined;
  const [, newHeight, newWidth] = shape;
  const y = tensors.allocate(shape, 'float32');
  if (util.sizeFromShape(shape) === 0) return y;
  const x = cast(tensors, image, 'float32') as TensorInfo;
  const {wasm} = tensors;
  const scratchBytes = wasm.crop_and_resize_f32_scratch_bytes(newHeight, newWidth, channels);
  const bad = tensors.withScratch(scratchBytes, (scratch) =>
    wasm.crop_and_resize_f32(
      tensors.offset(x),
      tensors.offset(boxes),
      tensors.offset(boxInd),
      tensors.offset(y),
      batch,
      height,
      width,
      channels,
      boxCount,
      newHeight,
      newWidth,
      method === 'nearest',
      extrapolationValue,
      scratch,
    ),
  );
  tensors.dispose(x);
  if (bad >= 0) {
    throw new Error(`CropAndResize: boxInd[${bad}] is ${tensors.view(boxInd)[bad]}; there are ${batch} images.`);
  }
  return y;
});
