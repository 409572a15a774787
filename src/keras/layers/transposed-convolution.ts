import {conv2d, pad, reshape, reverse, slice, type Tensor, type Tensor4D, transpose} from '@tensorflow/tfjs-core';
import {listOf} from './base.js';
import {Convolution, type Pair} from './convolution-base.js';

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
