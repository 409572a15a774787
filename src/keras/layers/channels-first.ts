import {type serialization, type Tensor, tidy, transpose} from '@tensorflow/tfjs-core';
import type {layers} from '@tensorflow/tfjs-layers';
import {type Kwargs, one, oneShape, type Shape} from './base.js';
import {WrappingLayer} from './wrapping.js';

type Layer = layers.Layer;

/**
 * Runs a layer that knows channels as the last axis on tensors that have them second: Keras's `channels_first`, which
 * tfjs-layers passes over without a word in many layers. Configuration: `layer`, the layer that is run.
 */
export class ChannelsFirst extends WrappingLayer {
  static readonly className = 'ChannelsFirst';

  constructor(config: serialization.ConfigDict) {
    super(config);
    this.supportsMasking = this.layer.supportsMasking;
  }

  override build(shape: Shape | Shape[]): void {
    this.buildInner(this.layer, toLast(oneShape(shape)));
    this.built = true;
  }

  override call(inputs: Tensor | Tensor[], kwargs: Kwargs): Tensor {
    return tidy(() => {
      const x = one(inputs);
      const last = transpose(x, toLast(x.shape.map((_, axis) => axis)) as number[]);
      const rest = Array.isArray(inputs) ? inputs.slice(1) : [];
      const y = one(this.layer.call(rest.length > 0 ? [last, ...rest] : last, kwargs));
      return y.rank > 2 ? transpose(y, toFirst(y.shape.map((_, axis) => axis)) as number[]) : y;
    });
  }

  override computeOutputShape(shape: Shape | Shape[]): Shape {
    const output = oneShape(this.layer.computeOutputShape(toLast(oneShape(shape))) as Shape);
    return output.length > 2 ? toFirst(output) : output;
  }

  override computeMask(inputs: Tensor | Tensor[], mask?: Tensor | Tensor[]): Tensor | Tensor[] {
    return this.layer.computeMask(inputs, mask);
  }

  /** For Keras's weights: the layer that is run. */
  get inner(): Layer {
    return this.layer;
  }
}

function toLast(shape: Shape): Shape {
  const [batch, channels, ...rest] = shape;
  return [batch, ...rest, channels];
}

function toFirst(shape: Shape): Shape {
  return [shape[0], shape.at(-1) as number | null, ...shape.slice(1, -1)];
}
