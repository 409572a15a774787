import {type MaxPoolGradAttrs, type MaxPoolGradInputs, MaxPoolGrad as NAME, util} from '@tensorflow/tfjs-core';
import {writeGeometry} from './shared/conv2d.js';
import {defineKernel} from './shared/kernel.js';
import {checkFallbackGradient, poolInfo} from './shared/pool.js';

/** The gradient of MaxPool: dy goes to the first largest element of each window; float32. */
export const maxPoolGrad = defineKernel<MaxPoolGradInputs, MaxPoolGradAttrs>(NAME, ({inputs, attrs, tensors}) => {
  // The kernel finds the largest elements again: reading them in `output` as well would cost as much.
  const {dy, input: x} = inputs;
  const info = poolInfo(x, attrs);
  if (x.dtype !== 'float32' || dy.dtype !== 'float32' || !util.arraysEqual(dy.shape, info.outShape)) {
    checkFallbackGradient(dy, info);
    return undefined;
  }
  const run = (from: number, gradient: number, to: number, steps: boolean) => {
    tensors.wasm.max_pool_grad_f32(from, gradient, to, steps, writeGeometry(tensors, info));
  };
  const size = util.sizeFromShape(x.shape);
  if (tensors.defers(size)) {
    // The gradient of a relu before the pool, which saved the same x, multiplies this one by the step of x.
    return tensors.deferCall(x.shape, {
      kernelName: NAME,
      operands: [x, dy],
      stepOf: x,
      run: ([from, gradient], to, _, steps) => run(from, gradient, to, steps),
    });
  }
  const dx = tensors.allocate(x.shape, 'float32');
  if (size > 0) run(tensors.offset(x), tensors.offset(dy), tensors.offset(dx), false);
  return dx;
});
