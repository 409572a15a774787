import {concat, max, mean, slice, type Tensor} from '@tensorflow/tfjs-core';
import {type LayerClass, listOf, type Shape, UnaryLayer} from './base.js';

/** As many means, or largest, along an axis as wanted: of windows that differ by one in length and may overlap. */
function pooled(x: Tensor, axis: number, count: number, pool: typeof mean | typeof max): Tensor {
  const side = x.shape[axis];
  const windows = Array.from({length: count}, (_, i) => {
    const begin = x.shape.map(() => 0);
    const size = x.shape.slice();
    begin[axis] = Math.floor((i * side) / count);
    size[axis] = Math.ceil(((i + 1) * side) / count) - begin[axis];
    return pool(slice(x, begin, size), axis, true);
  });
  return concat(windows, axis);
}

function adaptivePooling(rank: number, kind: 'Average' | 'Max') {
  return class extends UnaryLayer<{outputSize: number | number[]}> {
    static readonly className: string = `Adaptive${kind}Pooling${rank}D`;

    protected override compute(x: Tensor): Tensor {
      return this.sizes().reduce((y, size, i) => pooled(y, i + 1, size, kind === 'Max' ? max : mean), x);
    }

    protected override resultShape(shape: Shape): Shape {
      return [shape[0], ...this.sizes(), shape[rank + 1]];
    }

    override computeMask(): Tensor {
      return null as unknown as Tensor;
    }

    private sizes(): number[] {
      return listOf(this.options.outputSize, rank, 1);
    }
  };
}

export const ADAPTIVE_POOLING_LAYERS: readonly LayerClass[] = [1, 2, 3].flatMap((rank) => [
  adaptivePooling(rank, 'Average'),
  adaptivePooling(rank, 'Max'),
]);
