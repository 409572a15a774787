import {image, slice, type Tensor, type Tensor4D} from '@tensorflow/tfjs-core';
import {type Shape, UnaryLayer} from './base.js';

interface Options {
  height: number;
  width: number;
  interpolation?: string;
}

/** Pictures to a size, pixels' centres half a pixel in, as Keras does it; bilinear or nearest. */
export class KerasResizing extends UnaryLayer<Options> {
  static readonly className: string = 'KerasResizing';

  protected override compute(x: Tensor): Tensor {
    return this.resized(x);
  }

  protected override resultShape(shape: Shape): Shape {
    return [...shape.slice(0, -3), this.options.height, this.options.width, shape.at(-1) as number];
  }

  protected resized(x: Tensor): Tensor {
    const {height, width, interpolation = 'bilinear'} = this.options;
    const resize = interpolation === 'nearest' ? image.resizeNearestNeighbor : image.resizeBilinear;
    return resize(x as Tensor4D, [height, width], false, true);
  }
}

/** The middle of a picture; a picture that is smaller is cut to the size's proportions, then resized. */
export class KerasCenterCrop extends KerasResizing {
  static override readonly className = 'KerasCenterCrop';

  protected override compute(x: Tensor): Tensor {
    const {height, width} = this.options;
    const [, rows, columns] = x.shape;
    if (rows >= height && columns >= width) return middle(x, height, width);
    const cropped = middle(
      x,
      Math.max(1, Math.min(rows, Math.trunc((columns * height) / width))),
      Math.max(1, Math.min(columns, Math.trunc((rows * width) / height))),
    );
    return this.resized(cropped);
  }
}

function middle(x: Tensor, height: number, width: number): Tensor {
  const [batch, rows, columns, channels] = x.shape;
  const begin = [0, Math.trunc((rows - height) / 2), Math.trunc((columns - width) / 2), 0];
  return slice(x, begin, [batch, height, width, channels]);
}
