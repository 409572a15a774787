import {backend_util, type GatherV2Attrs, type GatherV2Inputs, GatherV2 as NAME, util} from '@tensorflow/tfjs-core';
import {elementBytes} from '../dtypes.js';
import {axisOf, checkWhole, MAX_INT32} from './shared/check.js';
import {partwiseKernel} from './shared/complex.js';

/**
 * The slices of x along an axis that int32 indices name, within the first batchDims dimensions; float32, int32, bool,
 * complex64.
 */
export const gatherV2 = partwiseKernel<GatherV2Inputs, GatherV2Attrs>(NAME, ({inputs, attrs, tensors}) => {
  const {x, indices} = inputs;
  const bytes = elementBytes(x.dtype);
  const axis = axisOf(NAME, attrs.axis, x.shape);
  checkWhole(NAME, 'batchDims', attrs.batchDims ?? 0, -MAX_INT32);
  const {batchSize, outerSize, dimSize, sliceSize, outputShape} = backend_util.segment_util.collectGatherOpShapeInfo(
    x as never,
    indices as never,
    axis,
    attrs.batchDims ?? 0,
  );
  tensors.checkRoom(outputShape, bytes || 4);
  if (!bytes || indices.dtype !== 'int32') return undefined;
  const y = tensors.allocate(outputShape, x.dtype);
  const count = util.sizeFromShape(indices.shape);
  const bad = tensors.wasm.gather(
    tensors.offset(x),
    tensors.offset(indices),
    tensors.offset(y),
    batchSize,
    outerSize,
    dimSize,
    batchSize === 0 ? 0 : count / batchSize,
    sliceSize * bytes,
  );
  if (bad >= 0) {
    tensors.dispose(y);
    const index = tensors.view(indices)[bad];
    throw new Error(`GatherV2: the index value ${index} is not in [0, ${dimSize - 1}]`);
  }
  return y;
});
