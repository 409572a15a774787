import {concat, type Tensor} from '@tensorflow/tfjs-core';
import {axisOf, KerasLayer, type Shape} from './base.js';

/** Along an axis that is counted from the end: tfjs-layers takes each of these for the last one. */
export class KerasConcatenate extends KerasLayer<{axis: number}> {
  static readonly className = 'KerasConcatenate';

  override call(inputs: Tensor | Tensor[]): Tensor {
    const tensors = [inputs].flat();
    return concat(tensors, axisOf(this.options.axis, tensors[0].rank));
  }

  override computeOutputShape(shapes: Shape | Shape[]): Shape {
    const all = shapes as Shape[];
    const at = axisOf(this.options.axis, all[0].length);
    const sides = all.map((shape) => shape[at]);
    const total = sides.reduce((sum, side) => (sum === null || side === null ? null : sum + side), 0);
    return all[0].map((side, axis) => (axis === at ? total : side));
  }
}
