import {type MirrorPadAttrs, type MirrorPadInputs, MirrorPad as NAME, util} from '@tensorflow/tfjs-core';
import {PaddedDimension} from '../../../assembly/abi.js';
import {elementBytes} from '../dtypes.js';
import {type Fields, RecordLayout} from '../records.js';
import {checkPairs, MAX_INT32} from './shared/check.js';
import {defineKernel} from './shared/kernel.js';

/** x with `paddings[i]` = [before, after] mirrored elements around dimension i; float32, int32, bool. */
export const mirrorPad = defineKernel<MirrorPadInputs, MirrorPadAttrs>(NAME, ({inputs: {x}, attrs, tensors}) => {
  const {paddings, mode} = attrs;
  if (mode !== 'reflect' && mode !== 'symmetric') {
    throw new Error(`MirrorPad: mode is ${mode}; expected 'reflect' or 'symmetric'.`);
  }
  checkPairs(NAME, 'paddings', paddings, x.shape.length, -MAX_INT32);
  const skip = mode === 'reflect' ? 1 : 0;
  const shape = paddings.map(([before, after], i) => {
    const most = Math.max(0, x.shape[i] - skip);
    if (!(before >= 0 && after >= 0 && before <= most && after <= most)) {
      throw new Error(
        `MirrorPad: paddings[${i}] is [${before}, ${after}]; expected two numbers from 0 to ${most} for mode ${mode} ` +
          `and a dimension of size ${x.shape[i]}.`,
      );
    }
    return before + x.shape[i] + after;
  });
  const bytes = elementBytes(x.dtype);
  if (!bytes) return undefined;
  if (util.sizeFromShape(shape) === util.sizeFromShape(x.shape)) return tensors.share(x, shape);
  const y = tensors.allocate(shape, x.dtype);
  const dimensions = mirroredDimensions(x.shape, paddings, bytes);
  const params = tensors.writeParams(paddedDimension.pack(dimensions));
  tensors.wasm.mirror_pad(tensors.offset(x), tensors.offset(y), skip, dimensions.length, params);
  return y;
});

const paddedDimension = new RecordLayout(PaddedDimension);

/** The dimensions up to the last one that is padded; those after it are merged into the element. */
function mirroredDimensions(
  shape: readonly number[],
  paddings: readonly [number, number][],
  bytes: number,
): Fields<PaddedDimension>[] {
  const dimensions: Fields<PaddedDimension>[] = [];
  let xStep = bytes;
  let yStep = bytes;
  for (let i = shape.length - 1; i >= 0; i--) {
    const [before, after] = paddings[i];
    if (dimensions.length > 0 || before + after > 0) dimensions.unshift({size: shape[i], xStep, yStep, before, after});
    xStep *= shape[i];
    yStep *= before + shape[i] + after;
  }
  return dimensions;
}
