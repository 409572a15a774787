import {reshape, type Tensor, transpose} from '@tensorflow/tfjs-core';
import {type Shape, UnaryLayer} from './base.js';

/** Flatten of any rank; tfjs-layers' takes three dimensions or more. */
export class KerasFlatten extends UnaryLayer<{dataFormat?: string}> {
  static readonly className = 'KerasFlatten';

  protected override compute(x: Tensor): Tensor {
    const first = this.options.dataFormat === 'channelsFirst' && x.rank > 2;
    const y = first ? transpose(x, [0, ...Array.from({length: x.rank - 2}, (_, i) => i + 2), 1]) : x;
    return reshape(y, [x.shape[0], sizeOf(x.shape.slice(1)) as number]);
  }

  protected override resultShape([batch, ...rest]: Shape): Shape {
    return [batch, sizeOf(rest)];
  }
}

function sizeOf(sides: Shape): number | null {
  return sides.reduce<number | null>((size, side) => (size === null || side === null ? null : size * side), 1);
}
