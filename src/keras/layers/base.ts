import {type serialization, type Tensor, tidy} from '@tensorflow/tfjs-core';
import {layers} from '@tensorflow/tfjs-layers';
import {create} from './create.js';

/** A shape as layers know it: null is a side of any length. */
export type Shape = (number | null)[];
export type Kwargs = Record<string, unknown>;
export type Weight = layers.Layer['weights'][number];
/** A class of layers, which tf.serialization registers by its name. */
export interface LayerClass {
  new (config: serialization.ConfigDict): layers.Layer;
  readonly className: string;
}
type Arguments = ConstructorParameters<typeof layers.Layer>[0];

/** What tfjs-layers keeps of a layer's configuration by itself, or only passes on. */
const BASE = new Set([
  'name',
  'trainable',
  'dtype',
  'batchInputShape',
  'batchSize',
  'inputDType',
  'inputShape',
  'weights',
  'updatable',
  'customObjects',
  'autocast',
]);

/**
 * A layer of Keras that tfjs-layers does not have, or computes otherwise. Its configuration is Keras's, in camel case,
 * and is given back as it came.
 */
export abstract class KerasLayer<Options = object> extends layers.Layer {
  protected readonly options: Options & Record<string, unknown>;

  constructor(config: serialization.ConfigDict) {
    super(config as Arguments);
    const own = Object.entries(config).filter(([key, value]) => !BASE.has(key) && value !== undefined);
    this.options = Object.fromEntries(own) as Options & Record<string, unknown>;
    this.supportsMasking = true;
  }

  override getConfig(): serialization.ConfigDict {
    return {...super.getConfig(), ...(structuredClone(this.options) as serialization.ConfigDict)};
  }

  /** Adds a weight with the initializer, the regularizer and the constraint that the configuration has for it. */
  protected weight(
    name: string,
    shape: Shape,
    {initializer = 'glorotUniform', of = name, trainable = true} = {},
  ): Weight {
    const option = (kind: string) => this.options[`${of}${kind}`] as string | undefined;
    return this.addWeight(
      name,
      shape,
      'float32',
      create(option('Initializer'), initializer),
      create(option('Regularizer')),
      trainable,
      create(option('Constraint')),
    );
  }
}

/** A layer that makes one tensor of one tensor. */
export abstract class UnaryLayer<Options = object> extends KerasLayer<Options> {
  override call(inputs: Tensor | Tensor[], kwargs: Kwargs = {}): Tensor {
    return tidy(() => this.compute(one(inputs), kwargs ?? {}));
  }

  override computeOutputShape(shape: Shape | Shape[]): Shape {
    return this.resultShape(oneShape(shape));
  }

  protected abstract compute(x: Tensor, kwargs: Kwargs): Tensor;

  /** Of the input's, batch included. */
  protected resultShape(shape: Shape): Shape {
    return shape.slice();
  }
}

export function one<T>(value: T | T[]): T {
  return Array.isArray(value) ? value[0] : value;
}

export function oneShape(shape: Shape | Shape[]): Shape {
  return (Array.isArray(shape[0]) ? shape[0] : shape) as Shape;
}

/** `count` numbers of an option that may be one number for all. */
export function listOf(value: unknown, count: number, otherwise: number): number[] {
  const list = [value ?? otherwise].flat() as number[];
  return list.length === 1 ? Array<number>(count).fill(list[0]) : list;
}

/** An axis counted from the front. */
export function axisOf(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis;
}
