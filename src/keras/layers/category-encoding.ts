import {cast, clipByValue, oneHot, squeeze, sum, type Tensor} from '@tensorflow/tfjs-core';
import {type Shape, UnaryLayer} from './base.js';

interface Options {
  numTokens: number;
  outputMode?: 'multiHot' | 'oneHot' | 'count';
}

/** Integers as vectors with a 1 for each; numbers that are no token give nothing. */
export class KerasCategoryEncoding extends UnaryLayer<Options> {
  static readonly className = 'KerasCategoryEncoding';

  protected override compute(x: Tensor): Tensor {
    const {numTokens, outputMode = 'multiHot'} = this.options;
    const hot = cast(oneHot(cast(x, 'int32'), numTokens), 'float32');
    if (outputMode === 'oneHot') return x.shape.at(-1) === 1 ? squeeze(hot, [x.rank - 1]) : hot;
    const counts = sum(hot, x.rank - 1);
    return outputMode === 'count' ? counts : clipByValue(counts, 0, 1);
  }

  protected override resultShape(shape: Shape): Shape {
    const {numTokens, outputMode = 'multiHot'} = this.options;
    const kept = outputMode === 'oneHot' && shape.at(-1) !== 1 ? shape : shape.slice(0, -1);
    return [...kept, numTokens];
  }
}
