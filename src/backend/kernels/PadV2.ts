import {PadV2 as NAME, type PadV2Attrs, type PadV2Inputs, Slice, type TensorInfo, util} from '@tensorflow/tfjs-core';
import {PaddedDimension} from '../../../assembly/abi.js';
import {elementBits, elementBytes} from '../dtypes.js';
import {type Fields, RecordLayout} from '../records.js';
import type {Tensors} from '../tensors.js';
import {checkPairs, MAX_INT32} from './shared/check.js';
import {partwiseKernel} from './shared/complex.js';
import {consume, runKernel} from './shared/kernel.js';

/**
 * x with `paddings[i]` = [before, after] elements of a constant around dimension i; negative ones take elements away, as in
 * tfjs-backend-cpu. float32, int32, bool, complex64.
 */
export const padV2 = partwiseKernel<PadV2Inputs, PadV2Attrs>(NAME, ({inputs: {x}, attrs, tensors}, part) => {
  const {paddings} = attrs;
  checkPairs(NAME, 'paddings', paddings, x.shape.length, -MAX_INT32);
  // The constant is a real number.
  const constantValue = part === 'imag' ? 0 : attrs.constantValue;
  const bytes = elementBytes(x.dtype);
  const shape = paddings.map(([before, after], i) => before + x.shape[i] + after);
  if (!bytes) {
    tensors.checkRoom(shape, 8);
    return undefined;
  }
  if (paddings.flat().some((size) => size < 0)) return cropAndPad(tensors, x, {paddings, constantValue});
  if (util.sizeFromShape(shape) === util.sizeFromShape(x.shape)) return tensors.share(x, shape);
  const y = tensors.allocate(shape, x.dtype);
  if (util.sizeFromShape(shape) === 0) return y;
  const dimensions = paddedDimensions(x.shape, paddings, bytes);
  tensors.wasm.pad(
    tensors.offset(x),
    tensors.offset(y),
    elementBits(constantValue, x.dtype),
    dimensions.length,
    tensors.writeParams(paddedDimension.pack(dimensions)),
  );
  return y;
});

/** @throws Error if more elements are to be taken away than there are */
function cropAndPad(tensors: Tensors, x: TensorInfo, {paddings, constantValue}: PadV2Attrs): TensorInfo {
  const begin = paddings.map(([before]) => Math.max(0, -before));
  const size = paddings.map(([before, after], i) => x.shape[i] + Math.min(0, before) + Math.min(0, after));
  util.assert(
    size.every((length) => length >= 0),
    () => `PadV2: paddings [${paddings.join('], [')}] take away more than a tensor of shape [${x.shape}] has.`,
  );
  const part = runKernel(tensors, Slice, {x}, {begin, size});
  const added = paddings.map((pair) => pair.map((length) => Math.max(0, length)));
  return consume(tensors, part, runKernel(tensors, NAME, {x: part}, {paddings: added, constantValue}));
}

const paddedDimension = new RecordLayout(PaddedDimension);

/** The dimensions; those without padding are merged into the one before them. */
function paddedDimensions(
  shape: readonly number[],
  paddings: readonly [number, number][],
  bytes: number,
): Fields<PaddedDimension>[] {
  const dimensions: Fields<PaddedDimension>[] = [];
  let xStep = bytes;
  let yStep = bytes;
  let run = 1;
  for (let i = shape.length - 1; i >= 0; i--) {
    const [before, after] = paddings[i];
    if (before === 0 && after === 0 && i > 0) {
      run *= shape[i];
      continue;
    }
    dimensions.unshift({size: run * shape[i], xStep, yStep, before: run * before, after: run * after});
    xStep *= run * shape[i];
    yStep *= run * (before + shape[i] + after);
    run = 1;
  }
  return dimensions;
}
