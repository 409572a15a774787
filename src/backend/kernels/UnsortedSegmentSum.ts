import {
  UnsortedSegmentSum as NAME,
  type TensorInfo,
  type UnsortedSegmentSumAttrs,
  type UnsortedSegmentSumInputs,
  util,
} from '@tensorflow/tfjs-core';
import {elementBytes} from '../dtypes.js';
import {cast} from './shared/cast.js';
import {checkWhole} from './shared/check.js';
import {defineKernel} from './shared/kernel.js';

/**
 * For each segment the sum of the rows of x with its id, float32; of float32, int32 and bool. Ids of no segment do not
 * count.
 */
export const unsortedSegmentSum = defineKernel<UnsortedSegmentSumInputs, UnsortedSegmentSumAttrs>(
  NAME,
  ({inputs: {x, segmentIds}, attrs: {numSegments}, tensors}) => {
    checkWhole(NAME, 'numSegments', numSegments);
    const [rows, ...slice] = x.shape;
    const isForRows = segmentIds.dtype === 'int32' && segmentIds.shape.length === 1 && segmentIds.shape[0] === rows;
    if (!isForRows) {
      throw new Error(
        `UnsortedSegmentSum: segmentIds are ${segmentIds.dtype} [${segmentIds.shape}], x is [${x.shape}]; expected ` +
          'an int32 for each row of x.',
      );
    }
    if (!elementBytes(x.dtype)) return undefined;
    const y = tensors.allocate([numSegments, ...slice], 'float32');
    if (util.sizeFromShape(y.shape) === 0) return y;
    const values = cast(tensors, x, 'float32') as TensorInfo;
    const {wasm} = tensors;
    tensors.withScratch(wasm.segment_sum_f32_scratch_bytes(rows, numSegments), (scratch) => {
      const [offsetX, ids, offsetY] = [tensors.offset(values), tensors.offset(segmentIds), tensors.offset(y)];
      wasm.segment_sum_f32(offsetX, ids, offsetY, rows, numSegments, util.sizeFromShape(slice), scratch);
    });
    tensors.dispose(values);
    return y;
  },
);
