import {
  abs,
  add,
  cast,
  clipByValue,
  cumsum,
  div,
  exp,
  greater,
  leakyRelu,
  logSigmoid,
  minimum,
  mul,
  neg,
  range,
  relu,
  relu6,
  serialization,
  sigmoid,
  split,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
  tanh,
  tidy,
  topk,
  where,
  zerosLike,
} from '@tensorflow/tfjs-core';

type Compute = (x: Tensor) => Tensor;

/** An activation under the name that Keras 3 knows it by, in camel case. */
function activation(className: string, compute: Compute) {
  return class extends serialization.Serializable {
    static readonly className = className;
    apply(x: Tensor): Tensor {
      return tidy(() => compute(x));
    }
    getConfig(): serialization.ConfigDict {
      return {};
    }
  };
}

/** relu6(x + 3) / 6, as Keras 3 defines hard_sigmoid; Keras 2 and tfjs-layers have clip(0.2 x + 0.5, 0, 1). */
const hardSigmoid: Compute = (x) => div(relu6(add(x, 3)), 6);
export const softShrink = (x: Tensor, threshold: number): Tensor =>
  sub(relu(sub(x, threshold)), relu(sub(neg(x), threshold)));
export const hardShrink = (x: Tensor, threshold: number): Tensor => where(greater(abs(x), threshold), x, zerosLike(x));
/** alpha (exp(x) - 1) below 0. */
export const scaledElu = (x: Tensor, alpha: number): Tensor => add(relu(x), mul(alpha, sub(exp(minimum(x, 0)), 1)));
/** alpha (exp(x / alpha) - 1) below 0. */
export const celu = (x: Tensor, alpha: number): Tensor =>
  add(relu(x), mul(alpha, sub(exp(div(minimum(x, 0), alpha)), 1)));

/** (x + sqrt(x² + b)) / 2. */
export const squareplus = (x: Tensor, b: number): Tensor => div(add(x, sqrt(add(square(x), b))), 2);

/** 0 below -1, x above 1, (x + 1)² / 4 between. */
const sparsePlus: Compute = (x) =>
  where(greater(x, 1), x, where(greater(x, -1), div(square(add(x, 1)), 4), zerosLike(x)));

/** The values' projection on the simplex, along the last axis (Martins and Astudillo 2016). */
function sparsemax(x: Tensor): Tensor {
  const size = x.shape.at(-1) as number;
  const {values: sorted} = topk(x, size);
  const sums = cumsum(sorted, -1);
  const counts = range(1, size + 1);
  const inSupport = cast(greater(add(1, mul(counts, sorted)), sums), 'float32');
  const count = sum(inSupport, -1, true);
  const total = sum(mul(inSupport, sorted), -1, true);
  return relu(sub(x, div(sub(total, 1), count)));
}

export function glu(x: Tensor, axis: number): Tensor {
  const [value, gate] = split(x, 2, axis);
  return mul(value, sigmoid(gate));
}

/** All of Keras 3's that tfjs-layers does not have; `kerasHardSigmoid` is the one that it has otherwise. */
export const ACTIVATIONS = [
  activation('kerasHardSigmoid', hardSigmoid),
  activation('celu', (x) => celu(x, 1)),
  activation('exponential', (x) => exp(x)),
  activation('glu', (x) => glu(x, -1)),
  activation('hardShrink', (x) => hardShrink(x, 0.5)),
  activation('hardSilu', (x) => mul(x, hardSigmoid(x))),
  activation('hardTanh', (x) => clipByValue(x, -1, 1)),
  activation('leakyRelu', (x) => leakyRelu(x, 0.2)),
  activation('logSigmoid', (x) => logSigmoid(x)),
  activation('softShrink', (x) => softShrink(x, 0.5)),
  activation('sparsePlus', sparsePlus),
  activation('sparseSigmoid', (x) => clipByValue(div(add(x, 1), 2), 0, 1)),
  activation('sparsemax', sparsemax),
  activation('squareplus', (x) => squareplus(x, 4)),
  activation('tanhShrink', (x) => sub(x, tanh(x))),
  activation('threshold', (x) => where(greater(x, 0), x, zerosLike(x))),
];
