import {
  add,
  concat,
  conv2d,
  conv3d,
  depthwiseConv2d,
  expandDims,
  pad,
  reshape,
  reverse,
  type serialization,
  slice,
  split,
  squeeze,
  type Tensor,
  type Tensor4D,
  type Tensor5D,
  transpose,
} from '@tensorflow/tfjs-core';
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

type Pair = [number, number];

/** A convolution over `rank` axes; channels last. One axis is computed as two, of which the first has length 1. */
abstract class Convolution extends UnaryLayer<Options> {
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

/** With `groups`: each has channels and filters of its own. */
abstract class GroupedConvolution extends Convolution {
  protected override convolve(input: Tensor): Tensor {
    const x = this.led(input);
    const kernel = this.wideKernel(this.kernel);
    const {groups = 1} = this.options;
    if (groups === 1) return this.plain(x, kernel);
    const parts = split(x, groups, -1);
    const kernels = split(kernel, groups, -1);
    return concat(
      parts.map((part, i) => this.plain(part, kernels[i])),
      -1,
    );
  }

  private plain(x: Tensor, kernel: Tensor): Tensor {
    if (this.rank === 3) {
      const [strides, dilations] = [this.strides, this.dilations] as [number, number, number][];
      return conv3d(x as Tensor5D, kernel as Tensor5D, strides, this.padding, 'NDHWC', dilations);
    }
    const [strides, dilations] = [this.wide(this.strides), this.wide(this.dilations)];
    return conv2d(x as Tensor4D, kernel as Tensor4D, strides, this.padding, 'NHWC', dilations);
  }
}

export class KerasConv1D extends GroupedConvolution {
  static readonly className = 'KerasConv1D';
  protected readonly rank = 1;
}

export class KerasConv2D extends GroupedConvolution {
  static readonly className = 'KerasConv2D';
  protected readonly rank = 2;
}

export class KerasConv3D extends GroupedConvolution {
  static readonly className = 'KerasConv3D';
  protected readonly rank = 3;
}

/** Filters of each channel alone. */
abstract class Depthwise extends Convolution {
  protected override buildKernels(channels: number): void {
    const {depthMultiplier = 1} = this.options;
    this.kernel = this.weight('depthwise_kernel', [...this.sizes, channels, depthMultiplier], {of: 'depthwise'});
  }

  protected override outputChannels(channels: number): number {
    return channels * (this.options.depthMultiplier ?? 1);
  }

  protected override convolve(input: Tensor): Tensor {
    const x = this.led(input) as Tensor4D;
    const kernel = this.wideKernel(this.kernel) as Tensor4D;
    const [, stride] = this.wide(this.strides);
    const strides: Pair = this.rank === 1 ? [stride, stride] : this.wide(this.strides);
    return depthwiseConv2d(x, kernel, strides, this.padding, 'NHWC', this.wide(this.dilations));
  }
}

export class DepthwiseConv1D extends Depthwise {
  static readonly className = 'DepthwiseConv1D';
  protected readonly rank = 1;
}

export class KerasDepthwiseConv2D extends Depthwise {
  static readonly className = 'KerasDepthwiseConv2D';
  protected readonly rank = 2;
}

/** Filters of each channel alone, then 1x1 filters of all. */
export class SeparableConv1D extends Depthwise {
  static readonly className: string = 'SeparableConv1D';
  protected readonly rank = 1;
  private pointwise!: Weight;

  protected override buildKernels(channels: number): void {
    super.buildKernels(channels);
    const {depthMultiplier = 1, filters} = this.options;
    this.pointwise = this.weight('pointwise_kernel', [1, channels * depthMultiplier, filters], {of: 'pointwise'});
  }

  protected override outputChannels(): number {
    return this.options.filters;
  }

  protected override convolve(x: Tensor): Tensor {
    return conv2d(super.convolve(x) as Tensor4D, this.wideKernel(this.pointwise) as Tensor4D, 1, 'valid');
  }
}

/** The gradient of a convolution, as a convolution of the input with zeros between its entries. */
abstract class TransposedConvolution extends Convolution {
  protected override buildKernels(channels: number): void {
    this.kernel = this.weight('kernel', [...this.sizes, this.options.filters, channels]);
  }

  protected override outputLength(side: number, axis: number): number {
    const [before, after] = this.paddings(axis);
    const field = (this.sizes[axis] - 1) * this.dilations[axis] + 1;
    return (side - 1) * this.strides[axis] + 1 + before + after - field + 1;
  }

  protected override convolve(x: Tensor): Tensor {
    const axes = this.rank === 1 ? [2] : [1, 2];
    let spread = x;
    const padding: Pair[] = [
      [0, 0],
      [0, 0],
      [0, 0],
      [0, 0],
    ];
    for (const [i, axis] of axes.entries()) {
      spread = spaced(spread, axis, this.strides[i]);
      padding[axis] = this.paddings(i);
    }
    const kernel = transpose(reverse(this.wideKernel(this.kernel), [0, 1]), [0, 1, 3, 2]) as Tensor4D;
    return conv2d(pad(spread, padding) as Tensor4D, kernel, 1, 'valid', 'NHWC', this.wide(this.dilations));
  }

  /** Zeros before and after, as Keras 3 counts them. */
  private paddings(axis: number): Pair {
    const field = (this.sizes[axis] - 1) * this.dilations[axis] + 1;
    const stride = this.strides[axis];
    const {outputPadding} = this.options;
    const extra =
      outputPadding === null || outputPadding === undefined ? null : listOf(outputPadding, this.rank, 0)[axis];
    if (this.padding === 'valid') return [field - 1, field - 1 + (extra ?? Math.max(field, stride) - field)];
    const total = extra === null ? stride + field - 2 : field + (field % 2) - 2 + extra;
    const before = Math.min(Math.ceil(total / 2), field - 1);
    return [before, total - before];
  }
}

/** A tensor of four axes with `stride - 1` zeros between the entries of one of them. */
function spaced(x: Tensor, axis: number, stride: number): Tensor {
  if (stride === 1) return x;
  const length = x.shape[axis];
  const outer = x.shape.slice(0, axis).reduce((size, side) => size * side, 1);
  const inner = x.shape.slice(axis + 1).reduce((size, side) => size * side, 1);
  const wide = pad(reshape(x, [outer * length, 1, inner]), [
    [0, 0],
    [0, stride - 1],
    [0, 0],
  ]);
  const shape = x.shape.slice();
  shape[axis] = length * stride;
  const size = shape.slice();
  size[axis] -= stride - 1;
  return slice(reshape(wide, shape), [0, 0, 0, 0], size);
}

export class Conv1DTranspose extends TransposedConvolution {
  static readonly className = 'Conv1DTranspose';
  protected readonly rank = 1;
}

export class KerasConv2DTranspose extends TransposedConvolution {
  static readonly className = 'KerasConv2DTranspose';
  protected readonly rank = 2;
}
