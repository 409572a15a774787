import {
  add,
  broadcast_util,
  type GradConfig,
  mul,
  reshape,
  rsqrt,
  sub,
  sum,
  type Tensor,
  util,
} from '@tensorflow/tfjs-core';

/**
 * The gradient of FusedBatchNorm, with statistics that are broadcast along any axes. Factors that are the same for all
 * terms of a sum are taken out of it, which leaves two sums over x and one multiplication instead of the some ten passes
 * of tfjs-core.
 */
export const fusedBatchNormGradient: GradConfig['gradFunc'] = (gradient, saved, attrs) => {
  const dy = gradient as Tensor;
  const [x, mean, variance, scale] = saved as [Tensor, Tensor, Tensor, Tensor | undefined];
  const inverse = rsqrt(add(variance, attrs.varianceEpsilon as number));
  const factor = scale ? mul(inverse, scale) : inverse;
  const areAlike = [variance, scale].every((operand) => !operand || util.arraysEqual(operand.shape, mean.shape));
  const sumTo = ({shape}: Tensor, t: Tensor) => {
    const axes = broadcast_util.getReductionAxes(shape, x.shape);
    return reshape(axes.length > 0 ? sum(t, axes) : t, shape);
  };
  const sumOfGradient = sumTo(mean, dy);
  const deviation = mul(dy, sub(x, mean));
  const sumOfDeviation = areAlike ? sumTo(mean, deviation) : undefined;
  const sumOf = (operand: Tensor, multiplier: Tensor) =>
    sumOfDeviation ? mul(sumOfDeviation, multiplier) : sumTo(operand, mul(deviation, multiplier));
  return {
    x: () => mul(dy, factor),
    mean: () => mul(areAlike ? mul(sumOfGradient, factor) : sumTo(mean, mul(dy, factor)), -1),
    variance: () => mul(sumOf(variance, mul(factor, mul(inverse, inverse))), -0.5),
    scale: () => sumOf(scale as Tensor, inverse),
    offset: () => sumOfGradient,
  };
};
