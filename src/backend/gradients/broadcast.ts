import {broadcast_util, type GradConfig, reshape, sum, type Tensor, util} from '@tensorflow/tfjs-core';

type GradFunc = GradConfig['gradFunc'];

/** The sum of t along the axes that a tensor of that shape is broadcast along. */
export function sumTo(t: Tensor, shape: number[]): Tensor {
  if (util.arraysEqual(t.shape, shape)) return t;
  const axes = broadcast_util.getReductionAxes(shape, t.shape);
  return reshape(axes.length > 0 ? sum(t, axes) : t, shape);
}

/**
 * The gradient of an operation of a and b, summed to their shapes. tfjs-core's of BatchMatMul, Maximum, Minimum and
 * SquaredDifference have the shape of the output.
 */
export const summed =
  (original: GradFunc): GradFunc =>
  (dy, saved, attrs) => {
    const gradients = original(dy, saved, attrs);
    const [a, b] = saved;
    return {a: () => sumTo(gradients.a(), a.shape), b: () => sumTo(gradients.b(), b.shape)};
  };
