import {conv2d, depthwiseConv2d, type Tensor, type Tensor4D} from '@tensorflow/tfjs-core';
import type {Weight} from './base.js';
import {Convolution, type Pair} from './convolution-base.js';

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
