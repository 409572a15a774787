import {add, clipByValue, greaterEqual, mul, relu, sub, type Tensor, where} from '@tensorflow/tfjs-core';
import {UnaryLayer} from './base.js';

interface Options {
  maxValue?: number | null;
  negativeSlope?: number;
  threshold?: number;
}

/** ReLU with all of its options: above the threshold x, to a largest value; below it a slope. */
export class KerasReLU extends UnaryLayer<Options> {
  static readonly className = 'KerasReLU';

  protected override compute(x: Tensor): Tensor {
    const {maxValue = null, negativeSlope = 0, threshold = 0} = this.options;
    const limit = maxValue ?? Number.POSITIVE_INFINITY;
    if (negativeSlope === 0 && threshold === 0) return maxValue === null ? relu(x) : clipByValue(x, 0, limit);
    const below = mul(sub(x, threshold), negativeSlope);
    const above = maxValue === null ? x : clipByValue(x, Number.NEGATIVE_INFINITY, limit);
    return where(greaterEqual(x, threshold), above, add(below, 0));
  }
}
