import {type serialization, type Tensor, tidy} from '@tensorflow/tfjs-core';
import {type Kwargs, oneShape, type Shape, type Weight} from './base.js';
import {WrappingLayer} from './wrapping.js';

/**
 * Runs the layer within: Keras divides its kernel by its largest singular value in each training step and leaves the result
 * in it. That is not done here, where the kernel trains as any other.
 */
export class SpectralNormalization extends WrappingLayer {
  static readonly className = 'SpectralNormalization';
  private vector!: Weight;

  constructor(config: serialization.ConfigDict) {
    super(config);
    this.supportsMasking = this.layer.supportsMasking;
  }

  /** As Keras 3 keeps them beside those of the layer within: the kernel again. */
  get saved(): readonly Weight[] {
    return [this.kernel, this.vector];
  }

  private get kernel(): Weight {
    return this.layer.weights[0] as Weight;
  }

  override build(shape: Shape | Shape[]): void {
    this.buildInner(this.layer, shape);
    this.vector = this.weight('vectorU', [1, this.kernel.shape.at(-1) as number], {
      initializer: 'zeros',
      trainable: false,
    });
    this.built = true;
  }

  override call(inputs: Tensor | Tensor[], kwargs: Kwargs): Tensor | Tensor[] {
    return tidy(() => this.layer.call(inputs, kwargs));
  }

  override computeOutputShape(shape: Shape | Shape[]): Shape {
    return oneShape(this.layer.computeOutputShape(shape) as Shape);
  }

  override computeMask(inputs: Tensor | Tensor[], mask?: Tensor | Tensor[]): Tensor | Tensor[] {
    return this.layer.computeMask(inputs, mask);
  }

  override get nonTrainableWeights(): Weight[] {
    return [...super.nonTrainableWeights, ...(this.vector ? [this.vector] : [])];
  }
}
