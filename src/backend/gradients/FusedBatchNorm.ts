import {add, engine, type GradConfig, mul, rsqrt, sub, type Tensor, util} from '@tensorflow/tfjs-core';
import {sumTo} from './broadcast.js';

type GradFunc = GradConfig['gradFunc'];

/** The kernel that takes the two sums of a gradient in one pass. */
export const BATCH_NORM_SUMS = 'BatchNormSums';

/**
 * The gradient of FusedBatchNorm, with statistics that are broadcast along any axes. Factors that are the same for all
 * terms of a sum are taken out of it, which leaves two sums over x and one multiplication instead of the some ten passes
 * of tfjs-core.
 */
export const fusedBatchNormGradient: GradFunc = (gradient, saved, attrs) => {
  const dy = gradient as Tensor;
  const [x, mean, variance, scale] = saved as [Tensor, Tensor, Tensor, Tensor | undefined];
  const inverse = rsqrt(add(variance, attrs.varianceEpsilon as number));
  const factor = scale ? mul(inverse, scale) : inverse;
  const areAlike = [variance, scale].every((operand) => !operand || util.arraysEqual(operand.shape, mean.shape));
  const sumOfGradient = sumTo(dy, mean.shape);
  const deviation = mul(dy, sub(x, mean));
  const sumOfDeviation = areAlike ? sumTo(deviation, mean.shape) : undefined;
  const sumOf = (operand: Tensor, multiplier: Tensor) =>
    sumOfDeviation ? mul(sumOfDeviation, multiplier) : sumTo(mul(deviation, multiplier), operand.shape);
  return {
    x: () => mul(dy, factor),
    mean: () => mul(areAlike ? mul(sumOfGradient, factor) : sumTo(mul(dy, factor), mean.shape), -1),
    variance: () => mul(sumOf(variance, mul(factor, mul(inverse, inverse))), -0.5),
    scale: () => sumOf(scale as Tensor, inverse),
    offset: () => sumOfGradient,
  };
};

/**
 * The gradient of BatchNormTraining, which is that of FusedBatchNorm and of the statistics: one pass for the sums, and one
 * for x. It is not differentiable itself.
 */
export const batchNormTrainingGradient: GradFunc = (gradients, saved, attrs) => {
  const [dy, meanGradient, varianceGradient] = gradients as Tensor[];
  const [x, scale, mean, variance] = saved;
  const inverse = rsqrt(add(variance, attrs.varianceEpsilon as number));
  const factor = mul(inverse, scale);
  const [sum, product] = engine().runKernel(BATCH_NORM_SUMS, {dy, x, mean}) as Tensor[];
  const rows = x.size / mean.size;
  const ofMean = () => mul(sub(meanGradient, mul(sum, factor)), 1 / rows);
  const ofVariance = () =>
    mul(sub(varianceGradient, mul(mul(product, 0.5), mul(factor, mul(inverse, inverse)))), 2 / rows);
  return {
    x: () => add(mul(dy, factor), add(mul(sub(x, mean), ofVariance()), ofMean())),
    scale: () => mul(product, inverse),
    offset: () => sum,
  };
};

/** Names of inputs. Where tfjs-core maps them to those of a call, the ones that it has not are left out. */
class GivenInputs extends Array<string> {
  override map<U>(inputOf: (name: string, index: number, names: string[]) => U): U[] {
    return super.map(inputOf).filter((input) => input !== undefined);
  }
}

/** What the gradient needs; tfjs-core's own list makes it save inputs that are undefined, which fails. */
export const fusedBatchNormInputs: string[] = GivenInputs.of('x', 'mean', 'variance', 'scale');
