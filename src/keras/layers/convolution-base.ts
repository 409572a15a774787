import {add, expandDims, pad, type serialization, squeeze, type Tensor} from '@tensorflow/tfjs-core';
import {listOf, type Shape, UnaryLayer, type Weight} from './base.js';
import {create} from './create.js';

interface Options {
  filters: number;
  kernelSize: number | number[];
  strides?: number | number[];
  padding?: 'valid' | 'same' | 'causal';
  dilationRate?: number | number[];
  groups?: number;
  depthMultiplier?: number;
  outputPadding?: number | number[] | null;
  activation?: string;
  useBias?: boolean;
}

interface Activation {
  apply(x: Tensor): Tensor;
}

export type Pair = [number, number];

/** A convolution over `rank` axes; channels last. One axis is computed as two, of which the first has length 1. */
export abstract class Convolution extends UnaryLayer<Options> {
  protected abstract readonly rank: number;
  protected kernel!: Weight;
  private bias: Weight | undefined;
  private readonly activation: Activation;

  constructor(config: serialization.ConfigDict) {
    super(config);
    this.supportsMasking = false;
    this.activation = create(this.options.activation, 'linear');
  }

  protected get sizes(): number[] {
    return listOf(this.options.kernelSize, this.rank, 1);
  }

  protected get strides(): number[] {
    return listOf(this.options.strides, this.rank, 1);
  }

  protected get dilations(): number[] {
    return listOf(this.options.dilationRate, this.rank, 1);
  }

  protected get padding(): 'valid' | 'same' {
    return this.options.padding === 'same' ? 'same' : 'valid';
  }

  override build(shape: Shape | Shape[]): void {
    const channels = ([shape].flat(2) as Shape).at(-1) as number;
    this.buildKernels(channels);
    const {useBias = true} = this.options;
    if (useBias) this.bias = this.weight('bias', [this.outputChannels(channels)], {initializer: 'zeros'});
    this.built = true;
  }

  protected override compute(x: Tensor): Tensor {
    const y = this.convolve(this.rank === 1 ? expandDims(x, 1) : x);
    const plain = this.rank === 1 ? squeeze(y, [1]) : y;
    const biased = this.bias ? add(plain, this.bias.read()) : plain;
    return this.activation.apply(biased);
  }

  protected override resultShape(shape: Shape): Shape {
    const spatial = shape.slice(1, -1).map((side, i) => (side === null ? null : this.outputLength(side, i)));
    return [shape[0], ...spatial, this.outputChannels(shape.at(-1) as number)];
  }

  protected outputLength(side: number, axis: number): number {
    const stride = this.strides[axis];
    const field = (this.sizes[axis] - 1) * this.dilations[axis] + 1;
    return Math.ceil((this.options.padding === 'valid' || !this.options.padding ? side - field + 1 : side) / stride);
  }

  protected outputChannels(_channels: number): number {
    return this.options.filters;
  }

  protected buildKernels(channels: number): void {
    const {groups = 1, filters} = this.options;
    this.kernel = this.weight('kernel', [...this.sizes, channels / groups, filters]);
  }

  /** Of a tensor with two spatial axes or three. */
  protected abstract convolve(x: Tensor): Tensor;

  /** What one axis has is the second of two. */
  protected wide(numbers: number[]): Pair {
    return (this.rank === 1 ? [1, numbers[0]] : numbers) as Pair;
  }

  protected wideKernel(weight: Weight): Tensor {
    const kernel = weight.read();
    return this.rank === 1 ? expandDims(kernel, 0) : kernel;
  }

  /** Zeros in front, for a sequence that must not see what comes later. */
  protected led(x: Tensor): Tensor {
    if (this.options.padding !== 'causal') return x;
    return pad(x, [
      [0, 0],
      [0, 0],
      [(this.sizes[0] - 1) * this.dilations[0], 0],
      [0, 0],
    ]);
  }
}
