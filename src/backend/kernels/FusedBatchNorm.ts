import {
  type FusedBatchNormAttrs,
  type FusedBatchNormInputs,
  FusedBatchNorm as NAME,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs-core';
import {RepeatedFloats} from '../../../assembly/abi.js';
import {leastCommonMultiple} from '../arithmetic.js';
import {type Fields, RecordLayout} from '../records.js';
import {defineKernel} from './shared/kernel.js';

const repeatedFloats = new RecordLayout(RepeatedFloats);

/** Short periods are repeated to at least this many elements, so that a pass of the loop over one is not too short. */
const MIN_PERIOD = 64;

/**
 * (x - mean) * scale / sqrt(variance + varianceEpsilon) + offset, float32; scale and offset may be absent. Mean,
 * variance, scale and offset have the size of the last dimensions of x, or fewer elements, and are repeated.
 */
export const fusedBatchNorm = defineKernel<FusedBatchNormInputs, FusedBatchNormAttrs>(
  NAME,
  ({inputs, attrs, tensors}) => {
    const {x, mean, variance} = inputs;
    const scale: TensorInfo | undefined = inputs.scale;
    const offset: TensorInfo | undefined = inputs.offset;
    const operands = [mean, variance, scale, offset];
    for (const operand of operands) {
      util.assert(
        !operand || operand.shape.length === mean.shape.length,
        () => `FusedBatchNorm: mean, variance, scale and offset must have equal ranks, got ${describe(operands)}.`,
      );
    }
    if ([x, ...operands].some((tensor) => tensor && tensor.dtype !== 'float32')) return undefined;
    const y = tensors.allocate(x.shape, 'float32');
    const n = util.sizeFromShape(x.shape);
    if (n === 0) return y;

    const records: Fields<RepeatedFloats>[] = [];
    let period = 1;
    for (const operand of operands) {
      const length = operand ? util.sizeFromShape(operand.shape) : 0;
      records.push({address: operand ? tensors.offset(operand) : 0, length});
      if (period < n && length > 1 && period % length !== 0) period = leastCommonMultiple(period, length);
    }
    period = Math.min(leastCommonMultiple(period, 4), 4 * Math.ceil(n / 4));
    if (period < MIN_PERIOD && n > MIN_PERIOD) period *= Math.ceil(MIN_PERIOD / period);
    tensors.withScratch(tensors.wasm.batch_norm_f32_scratch_bytes(period), (scratch) =>
      tensors.wasm.batch_norm_f32(
        tensors.offset(x),
        tensors.offset(y),
        n,
        attrs.varianceEpsilon ?? 0.001,
        period,
        tensors.writeParams(repeatedFloats.pack(records)),
        scratch,
      ),
    );
    return y;
  },
);

function describe(operands: readonly (TensorInfo | undefined)[]): string {
  return operands.map((operand) => (operand ? `[${operand.shape}]` : 'none')).join(', ');
}
