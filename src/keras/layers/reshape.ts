import {reshape, type Tensor} from '@tensorflow/tfjs-core';
import {type Shape, UnaryLayer} from './base.js';

/** Reshape to a shape with -1 in it, whose length the next layer has to know: tfjs-layers leaves it open. */
export class KerasReshape extends UnaryLayer<{targetShape: number[]}> {
  static readonly className = 'KerasReshape';

  protected override compute(x: Tensor): Tensor {
    return reshape(x, [x.shape[0], ...(this.sides(x.shape.slice(1)) as number[])]);
  }

  protected override resultShape([batch, ...rest]: Shape): Shape {
    return [batch, ...this.sides(rest)];
  }

  private sides(from: Shape): Shape {
    const {targetShape} = this.options;
    const size = (sides: Shape) => sides.reduce<number>((product, side) => product * (side as number), 1);
    const known = targetShape.filter((side) => side !== -1);
    const open = from.includes(null) ? null : size(from) / size(known);
    return targetShape.map((side) => (side === -1 ? open : side));
  }
}
