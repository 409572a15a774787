import {cast, exp, logSumExp, softmax, sub, type Tensor, tidy, transpose, where} from '@tensorflow/tfjs-core';
import {axisOf, KerasLayer, type Kwargs, one, oneShape, type Shape} from './base.js';

const MASKED = -3e38 / 2;

/** Softmax along any axis or several at once; a mask that fits the input takes values out. */
export class KerasSoftmax extends KerasLayer<{axis?: number | number[]; masked?: boolean; unmasked?: boolean}> {
  static readonly className = 'KerasSoftmax';

  override call(inputs: Tensor | Tensor[], kwargs: Kwargs = {}): Tensor {
    return tidy(() => {
      const x = one(inputs);
      const {masked, unmasked} = this.options;
      const mask = masked ? (inputs as Tensor[])[1] : unmasked ? undefined : (kwargs?.mask as Tensor | undefined);
      if (!mask) return this.softmax(x);
      const kept = cast(mask, 'bool');
      const y = this.softmax(where(kept, x, MASKED));
      return where(kept, y, 0);
    });
  }

  override computeOutputShape(shape: Shape | Shape[]): Shape {
    return oneShape(shape).slice();
  }

  private softmax(x: Tensor): Tensor {
    const axes = [this.options.axis ?? -1].flat().map((axis) => axisOf(axis, x.rank));
    if (axes.length > 1) return exp(sub(x, logSumExp(x, axes, true)));
    const [axis] = axes;
    if (axis === x.rank - 1) return softmax(x);
    const order = x.shape.map((_, i) => i);
    [order[axis], order[x.rank - 1]] = [order[x.rank - 1], order[axis]];
    return transpose(softmax(transpose(x, order)), order);
  }
}
