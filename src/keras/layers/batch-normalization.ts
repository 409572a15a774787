import {add, moments, mul, reshape, rsqrt, type serialization, sub, type Tensor, tidy} from '@tensorflow/tfjs-core';
import {axisOf, type Kwargs, oneShape, type Shape, UnaryLayer, type Weight} from './base.js';

interface Options {
  axis?: number;
  momentum?: number;
  epsilon?: number;
  center?: boolean;
  scale?: boolean;
}

/** Batch normalization of any rank; tfjs-layers' takes four dimensions at most. */
export class KerasBatchNormalization extends UnaryLayer<Options> {
  static readonly className = 'KerasBatchNormalization';
  private gamma: Weight | undefined;
  private beta: Weight | undefined;
  private movingMean!: Weight;
  private movingVariance!: Weight;

  constructor(config: serialization.ConfigDict) {
    super(config);
    this.supportsMasking = true;
  }

  override build(shape: Shape | Shape[]): void {
    const {axis = -1, center = true, scale = true} = this.options;
    const channels = [oneShape(shape).at(axis) as number];
    if (scale) this.gamma = this.weight('gamma', channels, {initializer: 'ones'});
    if (center) this.beta = this.weight('beta', channels, {initializer: 'zeros'});
    const moving = {trainable: false, initializer: 'zeros'};
    this.movingMean = this.weight('moving_mean', channels, {...moving, of: 'movingMean'});
    this.movingVariance = this.weight('moving_variance', channels, {
      ...moving,
      initializer: 'ones',
      of: 'movingVariance',
    });
    this.built = true;
  }

  protected override compute(x: Tensor, {training}: Kwargs): Tensor {
    const axis = axisOf(this.options.axis ?? -1, x.rank);
    const wide = (value: Tensor) =>
      reshape(
        value,
        x.shape.map((side, i) => (i === axis ? side : 1)),
      );
    const [mean, variance] =
      training === true && this.trainable ? this.batch(x, axis) : [this.movingMean.read(), this.movingVariance.read()];
    const inverse = rsqrt(add(wide(variance), this.options.epsilon ?? 1e-3));
    const normal = mul(sub(x, wide(mean)), inverse);
    const scaled = this.gamma ? mul(normal, wide(this.gamma.read())) : normal;
    return this.beta ? add(scaled, wide(this.beta.read())) : scaled;
  }

  /** The batch's own statistics, which move the kept ones. */
  private batch(x: Tensor, axis: number): Tensor[] {
    const others = x.shape.map((_, i) => i).filter((i) => i !== axis);
    const {mean, variance} = moments(x, others);
    const {momentum = 0.99} = this.options;
    tidy(() => {
      for (const [kept, now] of [
        [this.movingMean, mean],
        [this.movingVariance, variance],
      ] as [Weight, Tensor][]) {
        kept.write(sub(kept.read(), mul(sub(kept.read(), now), 1 - momentum)));
      }
    });
    return [mean, variance];
  }
}
