import {
  Add,
  type FusedBatchNormAttrs,
  type FusedBatchNormInputs,
  Multiply,
  FusedBatchNorm as NAME,
  Rsqrt,
  Sub,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs-core';
import {RepeatedFloats} from '../../../assembly/abi.js';
import {leastCommonMultiple} from '../arithmetic.js';
import {type Fields, RecordLayout} from '../records.js';
import type {Tensors} from '../tensors.js';
import {fill} from './shared/fill.js';
import {consume, defineKernel, runKernel} from './shared/kernel.js';

const repeatedFloats = new RecordLayout(RepeatedFloats);

/** Short periods are repeated to at least this many elements, so that a pass of the loop over one is not too short. */
const MIN_PERIOD = 64;

interface BatchNorm {
  x: TensorInfo;
  mean: TensorInfo;
  variance: TensorInfo;
  scale: TensorInfo | undefined;
  offset: TensorInfo | undefined;
  epsilon: number;
}

/**
 * (x - mean) * scale / sqrt(variance + varianceEpsilon) + offset, float32; scale and offset may be absent. Mean, variance,
 * scale and offset are broadcast to x; of one dimension they may have any length, and are repeated along x.
 */
export const fusedBatchNorm = defineKernel<FusedBatchNormInputs, FusedBatchNormAttrs>(
  NAME,
  ({inputs, attrs, tensors}) => {
    const {x, mean, variance} = inputs;
    const scale: TensorInfo | undefined = inputs.scale;
    const offset: TensorInfo | undefined = inputs.offset;
    // What a call leaves out, tfjs-core gives as undefined, and fails on it where it looks for gradients.
    if (!scale) delete (inputs as Partial<FusedBatchNormInputs>).scale;
    if (!offset) delete (inputs as Partial<FusedBatchNormInputs>).offset;
    const operands = [mean, variance, scale, offset];
    const isEmpty = util.sizeFromShape(x.shape) === 0;
    for (const operand of operands) {
      util.assert(
        !operand || operand.shape.length === mean.shape.length,
        () => `FusedBatchNorm: mean, variance, scale and offset must have equal ranks, got ${describe(operands)}.`,
      );
      util.assert(
        !operand || isEmpty || util.sizeFromShape(operand.shape) > 0,
        () => `FusedBatchNorm: mean, variance, scale and offset must not be empty, got ${describe(operands)}.`,
      );
    }
    if ([x, ...operands].some((tensor) => tensor && tensor.dtype !== 'float32')) return undefined;
    const call = {x, mean, variance, scale, offset, epsilon: attrs.varianceEpsilon ?? 0.001};
    const areRepeated = operands.every((operand) => !operand || isRepeated(operand.shape, x.shape));
    return areRepeated ? normalizeByRepeating(tensors, call) : normalizeByBroadcasting(tensors, call);
  },
);

function describe(operands: readonly (TensorInfo | undefined)[]): string {
  return operands.map((operand) => (operand ? `[${operand.shape}]` : 'none')).join(', ');
}

/** Whether element i of x goes with element i modulo its size of an operand: its dimensions are the last of x. */
function isRepeated(shape: readonly number[], xShape: readonly number[]): boolean {
  if (shape.length === 1) return true;
  const first = shape.findIndex((size) => size !== 1);
  const sizes = first < 0 ? [] : shape.slice(first);
  return sizes.length <= xShape.length && util.arraysEqual(sizes, xShape.slice(xShape.length - sizes.length));
}

function normalizeByRepeating(tensors: Tensors, {x, mean, variance, scale, offset, epsilon}: BatchNorm): TensorInfo {
  const y = tensors.allocate(x.shape, 'float32');
  const n = util.sizeFromShape(x.shape);
  if (n === 0) return y;
  const records: Fields<RepeatedFloats>[] = [];
  let period = 1;
  for (const operand of [mean, variance, scale, offset]) {
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
      epsilon,
      period,
      tensors.writeParams(repeatedFloats.pack(records)),
      scratch,
    ),
  );
  return y;
}

/**
 * The formula, operation by operation: statistics of an axis that is not the last, as those of channels in NCHW.
 *
 * @throws Error if an operand cannot be broadcast to x
 */
function normalizeByBroadcasting(tensors: Tensors, {x, mean, variance, scale, offset, epsilon}: BatchNorm): TensorInfo {
  for (const operand of [mean, variance, scale, offset]) {
    util.assert(
      !operand || isBroadcastTo(operand.shape, x.shape),
      () => `FusedBatchNorm: an operand of shape [${operand?.shape}] cannot be broadcast to x of shape [${x.shape}].`,
    );
  }
  const run = (kernelName: string, a: TensorInfo, b: TensorInfo) => runKernel(tensors, kernelName, {a, b}, {});
  const term = fill(tensors, [], 'float32', epsilon) as TensorInfo;
  const sum = consume(tensors, term, run(Add, variance, term));
  let factor = consume(tensors, sum, runKernel(tensors, Rsqrt, {x: sum}, {}));
  if (scale) factor = consume(tensors, factor, run(Multiply, factor, scale));
  const deviation = run(Sub, x, mean);
  const y = consume(tensors, factor, consume(tensors, deviation, run(Multiply, deviation, factor)));
  return offset ? consume(tensors, y, run(Add, y, offset)) : y;
}

function isBroadcastTo(shape: readonly number[], xShape: readonly number[]): boolean {
  const missing = xShape.length - shape.length;
  return missing >= 0 && shape.every((size, i) => size === 1 || size === xShape[i + missing]);
}
