import {
  add,
  div,
  maximum,
  mean,
  moments,
  mul,
  reshape,
  rsqrt,
  type serialization,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
  tensor,
} from '@tensorflow/tfjs-core';
import {axisOf, oneShape, type Shape, UnaryLayer, type Weight} from './base.js';

const EPSILON = 1e-7;

interface NormalizationOptions {
  axis?: number | number[] | null;
  invert?: boolean;
  mean?: number | number[] | null;
  variance?: number | number[] | null;
}

/** (x - mean) / sqrt(variance), both found by `adapt` in Keras: weights that are not trained, or numbers. */
export class Normalization extends UnaryLayer<NormalizationOptions> {
  static readonly className = 'Normalization';
  private statistics: [mean: Weight, variance: Weight] | undefined;

  override build(shape: Shape | Shape[]): void {
    if (!hasNumbers(this.options)) {
      const sides = this.keptAxes(oneShape(shape).length).map((axis) => oneShape(shape)[axis]);
      const fixed = {trainable: false};
      this.statistics = [
        this.weight('mean', sides, {...fixed, initializer: 'zeros'}),
        this.weight('variance', sides, {...fixed, initializer: 'ones'}),
      ];
    }
    this.built = true;
  }

  protected override compute(x: Tensor): Tensor {
    const [average, variance] = this.values(x);
    const deviation = maximum(sqrt(variance), EPSILON);
    return this.options.invert ? add(average, mul(x, deviation)) : div(sub(x, average), deviation);
  }

  private values(x: Tensor): Tensor[] {
    const kept = this.keptAxes(x.rank);
    const shape = x.shape.map((side, axis) => (kept.includes(axis) ? side : 1));
    const {mean: average, variance} = this.options;
    const values = this.statistics?.map((weight) => weight.read()) ?? [tensor(average ?? 0), tensor(variance ?? 1)];
    return values.map((value) => reshape(value, value.size === 1 ? [] : shape));
  }

  private keptAxes(rank: number): number[] {
    const axes = this.options.axis === undefined ? -1 : this.options.axis;
    return [axes ?? []]
      .flat()
      .map((axis) => axisOf(axis, rank))
      .sort((a, b) => a - b);
  }
}

function hasNumbers({mean: average, variance}: NormalizationOptions): boolean {
  return average !== null && average !== undefined && variance !== null && variance !== undefined;
}

/** x / |x| along axes, the sum of squares at least 1e-12. */
export class UnitNormalization extends UnaryLayer<{axis?: number | number[]}> {
  static readonly className = 'UnitNormalization';

  protected override compute(x: Tensor): Tensor {
    const axes = [this.options.axis ?? -1].flat().map((axis) => axisOf(axis, x.rank));
    return mul(x, rsqrt(maximum(sum(square(x), axes, true), 1e-12)));
  }
}

interface GroupOptions {
  groups?: number;
  axis?: number;
  epsilon?: number;
  center?: boolean;
  scale?: boolean;
}

/** Normalizes groups of channels, each example by itself (Wu and He 2018). */
export class GroupNormalization extends UnaryLayer<GroupOptions> {
  static readonly className = 'GroupNormalization';
  private gamma: Weight | undefined;
  private beta: Weight | undefined;

  override build(shape: Shape | Shape[]): void {
    const {axis = -1, center = true, scale = true} = this.options;
    const channels = oneShape(shape).at(axis) as number;
    if (scale) this.gamma = this.weight('gamma', [channels], {initializer: 'ones'});
    if (center) this.beta = this.weight('beta', [channels], {initializer: 'zeros'});
    this.built = true;
  }

  protected override compute(x: Tensor): Tensor {
    const {epsilon = 1e-3, groups = 32} = this.options;
    const axis = axisOf(this.options.axis ?? -1, x.rank);
    const channels = x.shape[axis];
    const count = groups === -1 ? channels : groups;
    const grouped = [...x.shape.slice(0, axis), count, channels / count, ...x.shape.slice(axis + 1)];
    const parts = reshape(x, grouped);
    const {mean: average, variance} = moments(parts, axesBut([0, axis], grouped.length), true);
    const normal = reshape(mul(sub(parts, average), rsqrt(add(variance, epsilon))), x.shape);
    const wide = x.shape.map((side, i) => (i === axis ? side : 1));
    const scaled = this.gamma ? mul(normal, reshape(this.gamma.read(), wide)) : normal;
    return this.beta ? add(scaled, reshape(this.beta.read(), wide)) : scaled;
  }
}

function axesBut(left: readonly number[], rank: number): number[] {
  return Array.from({length: rank}, (_, axis) => axis).filter((axis) => !left.includes(axis));
}

/** x / sqrt(mean(x²)), scaled. */
export class RMSNormalization extends UnaryLayer<{axis?: number | number[]; epsilon?: number}> {
  static readonly className = 'RMSNormalization';
  private scale!: Weight;

  constructor(config: serialization.ConfigDict) {
    super(config);
    this.supportsMasking = false;
  }

  override build(shape: Shape | Shape[]): void {
    const sides = oneShape(shape);
    this.scale = this.weight(
      'scale',
      this.axes(sides.length).map((axis) => sides[axis]),
      {initializer: 'ones'},
    );
    this.built = true;
  }

  protected override compute(x: Tensor): Tensor {
    const axes = this.axes(x.rank);
    const normal = mul(x, rsqrt(add(mean(square(x), axes, true), this.options.epsilon ?? 1e-6)));
    return mul(
      normal,
      reshape(
        this.scale.read(),
        x.shape.map((side, axis) => (axes.includes(axis) ? side : 1)),
      ),
    );
  }

  private axes(rank: number): number[] {
    return [this.options.axis ?? -1]
      .flat()
      .map((axis) => axisOf(axis, rank))
      .sort((a, b) => a - b);
  }
}
