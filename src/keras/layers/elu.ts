import {add, elu, mul, relu, sub, type Tensor} from '@tensorflow/tfjs-core';
import {UnaryLayer} from './base.js';

/** alpha * (exp(x) - 1) below 0, x above. */
export class KerasELU extends UnaryLayer<{alpha?: number}> {
  static readonly className = 'KerasELU';

  protected override compute(x: Tensor): Tensor {
    const positive = relu(x);
    return add(positive, mul(elu(sub(x, positive)), this.options.alpha ?? 1));
  }
}
