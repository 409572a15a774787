/** The geometry of a 2D convolution, gradient or pooling, and what follows from it. */
import {Geometry2DWords} from '../abi';
import {DERIVED_GEOMETRY} from '../memory';
import {CONV_GROUP_PIXELS, WINOGRAD_MIN_CHANNELS, WINOGRAD_MIN_TILES} from '../tuning';

export class Geometry2D extends Geometry2DWords {
  /** Pixels of one image of the output. */
  outPixels(): i32 {
    return this.outHeight * this.outWidth;
  }

  /** Images that are worked on together, so that few of the last tile's rows are wasted on small ones. */
  groupSize(): i32 {
    return min(this.batchSize, max(1, CONV_GROUP_PIXELS / this.outPixels()));
  }

  /** Floats that one output pixel reads: K of the product. */
  patchSize(): i32 {
    return this.filterHeight * this.filterWidth * this.inChannels;
  }

  /** Rows and columns of an image that the output reads, padding included. */
  paddedHeight(): i32 {
    return (this.outHeight - 1) * this.strideHeight + (this.filterHeight - 1) * this.dilationHeight + 1;
  }
  paddedWidth(): i32 {
    return (this.outWidth - 1) * this.strideWidth + (this.filterWidth - 1) * this.dilationWidth + 1;
  }

  /** Whether the output reads beyond the image. */
  needsPadding(): bool {
    if (this.padTop > 0 || this.padLeft > 0) return true;
    return this.paddedHeight() > this.inHeight || this.paddedWidth() > this.inWidth;
  }

  /** Bytes from one row to the next, and from one image to the next, where the output's reads go: padded if need be. */
  sourceRowBytes(): usize {
    return (<usize>((this.needsPadding() ? this.paddedWidth() : this.inWidth) * this.inChannels)) << 2;
  }
  sourceImageBytes(): usize {
    return <usize>(this.needsPadding() ? this.paddedHeight() : this.inHeight) * this.sourceRowBytes();
  }

  /** A filter of 1x1 that reads every pixel once, and all of them: the convolution is a plain product. */
  isPointwise(): bool {
    if (this.filterHeight != 1 || this.filterWidth != 1 || this.needsPadding()) return false;
    return this.inHeight == this.outHeight && this.inWidth == this.outWidth;
  }

  /** One channel and neighbouring pixels: the pixels of a row lie one float apart, and no patches are needed. */
  isSingleChannel(): bool {
    return this.inChannels == 1 && this.strideWidth == 1;
  }

  /** Pixels of the output that a tile of minimal filtering covers in each direction: 6 points less the filter's taps. */
  winogradTile(): i32 {
    return 7 - this.filterHeight;
  }

  /** Whether minimal filtering computes the convolution: filters of 3x3 and 5x5 that move by single pixels. */
  isWinograd(): bool {
    if (!this.usesWinograd || this.filterHeight != this.filterWidth) return false;
    if (this.filterHeight != 3 && this.filterHeight != 5) return false;
    if (this.strideHeight != 1 || this.strideWidth != 1) return false;
    if (this.dilationHeight != 1 || this.dilationWidth != 1) return false;
    if (this.inChannels < WINOGRAD_MIN_CHANNELS || this.outChannels < WINOGRAD_MIN_CHANNELS) return false;
    const size = this.winogradTile();
    const tiles = ((this.outHeight + size - 1) / size) * ((this.outWidth + size - 1) / size);
    return this.batchSize * tiles >= WINOGRAD_MIN_TILES;
  }
}

/**
 * A copy of a geometry, for a gradient that is a convolution of another shape. There is one place for it: it is valid
 * until the next call of this function.
 */
export function deriveGeometry(g: Geometry2D): Geometry2D {
  memory.copy(DERIVED_GEOMETRY, changetype<usize>(g), offsetof<Geometry2D>());
  return changetype<Geometry2D>(DERIVED_GEOMETRY);
}
