import {image, pad, reshape, slice, stack, type Tensor, type Tensor4D} from '@tensorflow/tfjs-core';
import {listOf, type Shape, UnaryLayer} from './base.js';

type Pair = [before: number, after: number];

/** Sides as Keras takes them: a number for all, a number for each axis, or a pair for each axis. */
function pairs(value: unknown, rank: number): Pair[] {
  if (typeof value === 'number') return Array.from({length: rank}, () => [value, value]);
  const list = value as (number | Pair)[];
  // One axis has its pair without a list around it.
  if (rank === 1 && list.length === 2 && list.every((side) => typeof side === 'number')) return [list as Pair];
  return list.map((side) => (typeof side === 'number' ? [side, side] : side));
}

const lengthened = (side: number | null, by: number) => (side === null ? null : side + by);

abstract class ZeroPadding extends UnaryLayer<{padding?: unknown}> {
  protected abstract readonly rank: number;

  protected override compute(x: Tensor): Tensor {
    return pad(x, [[0, 0], ...this.sides(), [0, 0]]);
  }

  protected override resultShape([batch, ...rest]: Shape): Shape {
    const spatial = this.sides().map(([before, after], i) => lengthened(rest[i], before + after));
    return [batch, ...spatial, rest[this.rank]];
  }

  private sides(): Pair[] {
    return pairs(this.options.padding ?? 1, this.rank);
  }
}

export class ZeroPadding1D extends ZeroPadding {
  static readonly className = 'ZeroPadding1D';
  protected readonly rank = 1;
}

export class ZeroPadding3D extends ZeroPadding {
  static readonly className = 'ZeroPadding3D';
  protected readonly rank = 3;
}

abstract class Cropping extends UnaryLayer<{cropping?: unknown}> {
  protected abstract readonly rank: number;

  protected override compute(x: Tensor): Tensor {
    const sides = this.sides();
    const begin = [0, ...sides.map(([before]) => before), 0];
    const size = x.shape.map((side, axis) => {
      const [before, after] = sides[axis - 1] ?? [0, 0];
      return side - before - after;
    });
    return slice(x, begin, size);
  }

  protected override resultShape([batch, ...rest]: Shape): Shape {
    const spatial = this.sides().map(([before, after], i) => lengthened(rest[i], -before - after));
    return [batch, ...spatial, rest[this.rank]];
  }

  private sides(): Pair[] {
    return pairs(this.options.cropping ?? 1, this.rank);
  }
}

export class Cropping1D extends Cropping {
  static readonly className = 'Cropping1D';
  protected readonly rank = 1;
}

export class Cropping3D extends Cropping {
  static readonly className = 'Cropping3D';
  protected readonly rank = 3;
}

abstract class UpSampling extends UnaryLayer<{size?: unknown; interpolation?: string}> {
  protected abstract readonly rank: number;

  protected override compute(x: Tensor): Tensor {
    return this.factors().reduce((y, factor, i) => repeated(y, i + 1, factor), x);
  }

  protected override resultShape([batch, ...rest]: Shape): Shape {
    const spatial = this.factors().map((factor, i) => (rest[i] === null ? null : (rest[i] as number) * factor));
    return [batch, ...spatial, rest[this.rank]];
  }

  protected factors(): number[] {
    return listOf(this.options.size, this.rank, 2);
  }
}

/** Each entry along an axis `times` times. */
function repeated(x: Tensor, axis: number, times: number): Tensor {
  const shape = x.shape.slice();
  shape[axis] *= times;
  return reshape(stack(Array<Tensor>(times).fill(x), axis + 1), shape);
}

export class UpSampling1D extends UpSampling {
  static readonly className = 'UpSampling1D';
  protected readonly rank = 1;
}

export class UpSampling3D extends UpSampling {
  static readonly className = 'UpSampling3D';
  protected readonly rank = 3;
}

/** With pixels' centres half a pixel in, as Keras resizes: tfjs-layers takes them from the corners. */
export class KerasUpSampling2D extends UpSampling {
  static readonly className = 'KerasUpSampling2D';
  protected readonly rank = 2;

  protected override compute(x: Tensor): Tensor {
    if (this.options.interpolation !== 'bilinear') return super.compute(x);
    const [rows, columns] = this.factors();
    const [, height, width] = (x as Tensor4D).shape;
    return image.resizeBilinear(x as Tensor4D, [height * rows, width * columns], false, true);
  }
}
