import {dropout, type Tensor} from '@tensorflow/tfjs-core';
import {type Kwargs, UnaryLayer} from './base.js';

interface Options {
  rate: number;
  dataFormat?: string;
}

/** Drops whole channels, in training only. */
abstract class SpatialDropout extends UnaryLayer<Options> {
  protected override compute(x: Tensor, {training}: Kwargs): Tensor {
    const {rate, dataFormat} = this.options;
    if (training !== true || rate === 0) return x.clone();
    const channels = dataFormat === 'channelsFirst' ? 1 : x.rank - 1;
    return dropout(
      x,
      rate,
      x.shape.map((side, axis) => (axis === 0 || axis === channels ? side : 1)),
    );
  }
}

export class SpatialDropout2D extends SpatialDropout {
  static readonly className = 'SpatialDropout2D';
}

export class SpatialDropout3D extends SpatialDropout {
  static readonly className = 'SpatialDropout3D';
}
