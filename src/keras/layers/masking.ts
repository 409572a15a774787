import {any, cast, mul, notEqual, type Tensor} from '@tensorflow/tfjs-core';
import {UnaryLayer} from './base.js';

/** tfjs-layers hands on no mask where there is none: that is what null stands for. */
const NONE = null as unknown as Tensor;

/** Zeros where a whole step has the masked value, as Keras's Masking; the mask itself is another layer's. */
export class KerasMasking extends UnaryLayer<{maskValue?: number}> {
  static readonly className = 'KerasMasking';

  protected override compute(x: Tensor): Tensor {
    const kept = any(notEqual(x, this.options.maskValue ?? 0), -1, true);
    return mul(x, cast(kept, x.dtype));
  }

  override computeMask(): Tensor {
    return NONE;
  }
}
