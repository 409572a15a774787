import {add, broadcast_util, type GradConfig, mul, reshape, rsqrt, sub, sum, type Tensor} from '@tensorflow/tfjs-core';

/**
 * The gradient of FusedBatchNorm: tfjs-core's formulas with common factors taken out of the sums, which leaves two sums
 * over x and one multiplication instead of some ten passes.
 */
export const fusedBatchNormGradient: GradConfig['gradFunc'] = (gradient, saved, attrs) => {
  const dy = gradient as Tensor;
  const [x, mean, variance, scale] = saved as [Tensor, Tensor, Tensor, Tensor | undefined];
  const axes = broadcast_util.getReductionAxes(mean.shape, x.shape);
  const reduced = (t: Tensor) => reshape(axes.length > 0 ? sum(t, axes) : t, mean.shape);
  const inverse = rsqrt(add(variance, attrs.varianceEpsilon as number));
  const factor = scale ? mul(inverse, scale) : inverse;
  const sumOfGradient = reduced(dy);
  const sumOfDeviation = reduced(mul(dy, sub(x, mean)));
  return {
    x: () => mul(dy, factor),
    mean: () => mul(mul(sumOfGradient, factor), -1),
    variance: () => mul(mul(mul(sumOfDeviation, factor), mul(inverse, inverse)), -0.5),
    scale: () => mul(sumOfDeviation, inverse),
    offset: () => sumOfGradient,
  };
};
