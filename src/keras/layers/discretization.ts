import {cast, expandDims, greaterEqual, sum, type Tensor, tensor1d} from '@tensorflow/tfjs-core';
import {UnaryLayer} from './base.js';

/** The number of the bin that a value is in: how many boundaries are not above it. */
export class Discretization extends UnaryLayer<{binBoundaries: number[]}> {
  static readonly className = 'Discretization';

  protected override compute(x: Tensor): Tensor {
    const passed = greaterEqual(expandDims(x, -1), tensor1d(this.options.binBoundaries));
    return sum(cast(passed, 'int32'), -1);
  }
}
