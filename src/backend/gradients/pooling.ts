import {AvgPoolGrad, engine, type GradConfig, MaxPoolGrad, type Tensor} from '@tensorflow/tfjs-core';

type GradFunc = GradConfig['gradFunc'];

/** The gradients of the 2D poolings, with all their attributes: tfjs-core's drop the rounding of the output's size. */
export const maxPoolGradient: GradFunc = (dy, [x, y], attrs) => ({
  x: () => engine().runKernel(MaxPoolGrad, {dy: dy as Tensor, input: x, output: y}, attrs) as Tensor,
});

export const avgPoolGradient: GradFunc = (dy, [x], attrs) => ({
  x: () => engine().runKernel(AvgPoolGrad, {dy: dy as Tensor, input: x}, attrs) as Tensor,
});
