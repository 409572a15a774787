import {cast, div, expandDims, max, mean, sum, type Tensor, tidy, where} from '@tensorflow/tfjs-core';
import {KerasLayer, type Kwargs, type LayerClass, one, oneShape, type Shape} from './base.js';

interface Options {
  keepdims?: boolean;
  /** Whether the mask is the second input. */
  masked?: boolean;
  /** Whether there is none, whatever tfjs-layers hands on. */
  unmasked?: boolean;
}

/** The mean or the largest of each channel; the mean of a sequence leaves out what its mask does. */
function globalPooling(rank: number, kind: 'Average' | 'Max') {
  const plain = `Global${kind}Pooling${rank}D`;
  return class extends KerasLayer<Options> {
    // tfjs-layers has none for three dimensions.
    static readonly className: string = rank === 3 ? plain : `Keras${plain}`;

    override call(inputs: Tensor | Tensor[], kwargs: Kwargs = {}): Tensor {
      return tidy(() => {
        const x = one(inputs);
        const axes = Array.from({length: rank}, (_, i) => i + 1);
        const keep = this.options.keepdims ?? false;
        if (kind === 'Max') return max(x, axes, keep);
        const {masked, unmasked} = this.options;
        const mask = masked ? (inputs as Tensor[])[1] : unmasked ? undefined : (kwargs?.mask as Tensor | undefined);
        if (rank > 1 || !mask) return mean(x, axes, keep);
        const kept = expandDims(cast(mask, 'float32'), 2);
        return div(sum(where(cast(kept, 'bool'), x, 0), 1, keep), sum(kept, 1, keep));
      });
    }

    override computeOutputShape(shape: Shape | Shape[]): Shape {
      const [batch, ...rest] = oneShape(shape);
      const ones = this.options.keepdims ? Array<number>(rank).fill(1) : [];
      return [batch, ...ones, rest[rank]];
    }

    override computeMask(): Tensor {
      return null as unknown as Tensor;
    }
  };
}

export const GLOBAL_POOLING_LAYERS: readonly LayerClass[] = [1, 2, 3].flatMap((rank) => [
  globalPooling(rank, 'Average'),
  globalPooling(rank, 'Max'),
]);
