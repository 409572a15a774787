import {PadV2 as NAME, type PadV2Attrs, type PadV2Inputs, util} from '@tensorflow/tfjs-core';
import {elementBits, elementBytes} from './shared/dtypes.js';
import {defineKernel} from './shared/kernel.js';

/** x with `paddings[i]` = [before, behind] elements of a constant around dimension i; float32, int32, bool. */
export const padV2 = defineKernel<PadV2Inputs, PadV2Attrs>(NAME, ({inputs: {x}, attrs, tensors}) => {
  const bytes = elementBytes(x.dtype);
  if (!bytes) return undefined;
  const {paddings, constantValue} = attrs;
  const shape = paddings.map(([before, after], i) => {
    if (before < 0 || after < 0) {
      throw new Error(`PadV2: paddings[${i}] is [${before}, ${after}]; expected two numbers that are not negative.`);
    }
    return before + x.shape[i] + after;
  });
  if (util.sizeFromShape(shape) === util.sizeFromShape(x.shape)) return tensors.share(x, shape);
  const y = tensors.allocate(shape, x.dtype);
  if (util.sizeFromShape(shape) === 0) return y;
  const params = padParams(x.shape, paddings, bytes);
  tensors.wasm.pad(
    tensors.offset(x),
    tensors.offset(y),
    elementBits(constantValue, x.dtype),
    params.length / 5,
    tensors.writeParams(params),
  );
  return y;
});

/** For each dimension size, step in x and in y in bytes, steps before and behind; what has no padding is one run. */
function padParams(shape: readonly number[], paddings: readonly [number, number][], bytes: number): number[] {
  const params: number[] = [];
  let xStep = bytes;
  let yStep = bytes;
  let run = 1;
  for (let i = shape.length - 1; i >= 0; i--) {
    const [before, after] = paddings[i];
    if (before === 0 && after === 0 && i > 0) {
      run *= shape[i];
      continue;
    }
    params.unshift(run * shape[i], xStep, yStep, run * before, run * after);
    xStep *= run * shape[i];
    yStep *= run * (before + shape[i] + after);
    run = 1;
  }
  return params;
}
