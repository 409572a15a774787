/**
 * The layer BatchNormalization of tfjs-layers in training, whose mean, variance, output and gradients are some twelve passes
 * over its input as tfjs composes them.
 */
import {engine, mul, sub, Tensor, tidy} from '@tensorflow/tfjs-core';
import {type Call, replaceCall} from './replaced-call.js';

/** The kernel that normalises x by its own mean and variance, which it returns too. */
export const BATCH_NORM_TRAINING = 'BatchNormTraining';

// An interface is no NamedAttrMap.
export type BatchNormTrainingAttrs = {
  varianceEpsilon: number;
};

/** A variable of tfjs-layers. */
interface Weight {
  read(): Tensor;
  write(value: Tensor): unknown;
}

/** What the layer has. */
interface BatchNormalization {
  axis: number;
  momentum: number;
  epsilon: number;
  gamma?: Weight | null;
  beta?: Weight | null;
  movingMean: Weight;
  movingVariance: Weight;
}
type Inputs = Tensor | Tensor[];

const MENTIONED = ['axis', 'momentum', 'epsilon', 'gamma', 'beta', 'movingMean', 'movingVariance', 'training'];

/** Lets the layer train by the kernel BatchNormTraining wherever this backend is the active one. */
export function replaceBatchNormalization(): void {
  replaceCall<BatchNormalization, Inputs>('BatchNormalization', MENTIONED, replaced);
}

function replaced(original: Call<BatchNormalization, Inputs>): Call<BatchNormalization, Inputs> {
  return function (inputs, kwargs) {
    const x = Array.isArray(inputs) && inputs.length === 1 ? inputs[0] : inputs;
    if (!(x instanceof Tensor && isNormalized(this, x))) return original.call(this, inputs, kwargs);
    const {gamma, beta, movingMean, movingVariance, momentum, epsilon} = this;
    return tidy(() => {
      const tensors = {x, scale: (gamma as Weight).read(), offset: (beta as Weight).read()};
      const attrs: BatchNormTrainingAttrs = {varianceEpsilon: epsilon};
      const [y, mean, variance] = engine().runKernel(BATCH_NORM_TRAINING, tensors, attrs) as Tensor[];
      move(movingMean, mean, momentum);
      move(movingVariance, variance, momentum);
      return y;
    });
  };
}

/** Moves a running mean towards a value, as tfjs-layers does. */
function move(weight: Weight, value: Tensor, momentum: number): void {
  tidy(() => {
    const old = weight.read();
    weight.write(sub(old, mul(sub(old, value), 1 - momentum)));
  });
}

/**
 * Whether the kernel computes this: x is of a rank that tfjs normalises, along its last axis. Not within the gradient of a
 * gradient, which must find its way through the statistics, and those are saved for the gradient as constants.
 */
function isNormalized({axis, gamma, beta}: BatchNormalization, x: Tensor): boolean {
  const isLast = axis === -1 || axis === x.rank - 1;
  return x.dtype === 'float32' && x.rank >= 2 && x.rank <= 4 && isLast && !!gamma && !!beta && !isNested();
}

function isNested(): boolean {
  return engine().state.gradientDepth > 1;
}
