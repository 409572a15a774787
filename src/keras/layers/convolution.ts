import {concat, conv2d, conv3d, split, type Tensor, type Tensor4D, type Tensor5D} from '@tensorflow/tfjs-core';
import {Convolution} from './convolution-base.js';

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
