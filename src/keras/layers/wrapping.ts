import type {serialization} from '@tensorflow/tfjs-core';
import type {layers} from '@tensorflow/tfjs-layers';
import {KerasLayer, type Shape} from './base.js';
import {create} from './create.js';

type Layer = layers.Layer;
type Variables = Layer['trainableWeights'];
type Described = {className: string; config: serialization.ConfigDict};

/** A layer with layers in it: their weights are its own. */
export abstract class CompositeLayer<Options = object> extends KerasLayer<Options> {
  /** In the order in which Keras has their weights. */
  protected abstract get parts(): readonly Layer[];

  override get trainable(): boolean {
    return super.trainable;
  }

  override set trainable(value: boolean) {
    super.trainable = value;
    // The constructor of the base class sets it before there are parts.
    for (const part of this.parts ?? []) part.trainable = value;
  }

  override get trainableWeights(): Variables {
    return this.trainable ? this.parts.flatMap((part) => part.trainableWeights) : [];
  }

  override get nonTrainableWeights(): Variables {
    return this.parts.flatMap((part) => (this.trainable ? part.nonTrainableWeights : part.weights));
  }

  /** Where the weights' values come after: zeros in the place of initializers. */
  override setFastWeightInitDuringBuild(value: boolean): void {
    super.setFastWeightInitDuringBuild(value);
    for (const part of this.parts ?? []) {
      const {cells = []} = part as Layer & {cells?: Layer[]};
      for (const layer of [part, ...cells]) layer.setFastWeightInitDuringBuild(value);
    }
  }

  protected buildInner(layer: Layer, shape: Shape | Shape[]): void {
    if (layer.built) return;
    layer.build(shape);
    layer.built = true;
  }
}

/** A layer around one other, which its configuration has as `layer`. */
export abstract class WrappingLayer<Options = object> extends CompositeLayer<Options & {layer: Described}> {
  protected readonly layer: Layer;

  constructor(config: serialization.ConfigDict) {
    super(config);
    this.layer = create<Layer>(structuredClone(this.options.layer));
    if (config.trainable === false) this.layer.trainable = false;
  }

  protected override get parts(): readonly Layer[] {
    return this.layer === undefined ? [] : [this.layer];
  }
}
