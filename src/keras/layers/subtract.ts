import {broadcast_util, expandDims, sub, type Tensor, tidy} from '@tensorflow/tfjs-core';
import {KerasLayer, type Shape} from './base.js';

/** The first tensor less the second. */
export class Subtract extends KerasLayer {
  static readonly className = 'Subtract';

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() => {
      const [a, b] = inputs as Tensor[];
      const rank = Math.max(a.rank, b.rank);
      return sub(widened(a, rank), widened(b, rank));
    });
  }

  override computeOutputShape(shapes: Shape | Shape[]): Shape {
    const [a, b] = shapes as Shape[];
    const rank = Math.max(a.length, b.length);
    const [first, second] = [a, b].map((shape) => [
      shape[0],
      ...Array<number>(rank - shape.length).fill(1),
      ...shape.slice(1),
    ]);
    return first.map((side, axis) => {
      const other = second[axis];
      if (side === 1) return other;
      if (other === 1) return side;
      return side === null || other === null ? null : broadcast_util.assertAndGetBroadcastShape([side], [other])[0];
    });
  }
}

/** As Keras's merging layers do it: after the batch. */
function widened(x: Tensor, rank: number): Tensor {
  let wide = x;
  while (wide.rank < rank) wide = expandDims(wide, 1);
  return wide;
}
