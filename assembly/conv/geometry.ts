/** The geometry of a 2D convolution, gradient or pooling, and what is derived from it. */
import {Geometry2DWords} from '../abi';
import {DERIVED_GEOMETRY} from '../memory';
import {CONV_GROUP_PIXELS, WINOGRAD_MIN_CHANNELS, WINOGRAD_MIN_TILES} from '../tuning';

export class Geometry2D extends Geometry2DWords {
  /** Output pixels of one image. */
  outPixels(): i32 {
    return this.outHeight * this.outWidth;
  }

  /** Images that are computed together: with more rows of A, a last tile that is partly empty costs less. */
  groupSize(): i32 {
    return min(this.batchSize, max(1, CONV_GROUP_PIXELS / this.outPixels()));
  }

  /** Floats that one output pixel reads: K of the GEMM. */
  patchSize(): i32 {
    return this.filterHeight * this.filterWidth * this.inChannels;
  }

  filterBytes(): usize {
    return (<usize>(this.patchSize() * this.outChannels)) << 2;
  }

  /** Rows and columns of an image that the output reads, padding included. */
  paddedHeight(): i32 {
    return (this.outHeight - 1) * this.strideHeight + (this.filterHeight - 1) * this.dilationHeight + 1;
  }
  paddedWidth(): i32 {
    return (this.outWidth - 1) * this.strideWidth + (this.filterWidth - 1) * this.dilationWidth + 1;
  }

  /** Whether the output reads outside the image. */
  needsPadding(): bool {
    if (this.padTop > 0 || this.padLeft > 0) return true;
    return this.paddedHeight() > this.inHeight || this.paddedWidth() > this.inWidth;
  }

  /**
   * Row and image stride, in bytes, of the images that the output reads: of padded copies if needsPadding(), else of x.
   */
  sourceRowBytes(): usize {
    return (<usize>((this.needsPadding() ? this.paddedWidth() : this.inWidth) * this.inChannels)) << 2;
  }
  sourceImageBytes(): usize {
    return <usize>(this.needsPadding() ? this.paddedHeight() : this.inHeight) * this.sourceRowBytes();
  }

  /** A 1x1 filter that reads every pixel exactly once: the convolution is a plain GEMM. */
  isPointwise(): bool {
    if (this.filterHeight != 1 || this.filterWidth != 1 || this.needsPadding()) return false;
    return this.inHeight == this.outHeight && this.inWidth == this.outWidth;
  }

  /**
   * One channel and a horizontal stride of 1: neighbouring output pixels read floats next to each other, so that no
   * patches are needed.
   */
  isSingleChannel(): bool {
    return this.inChannels == 1 && this.strideWidth == 1;
  }

  /** Output pixels of a full tile of minimal filtering along each axis: m of F(m, r), with m + r - 1 = 6 points. */
  winogradTile(): i32 {
    return 7 - this.filterHeight;
  }

  /**
   * Whether minimal filtering computes the convolution: 3x3 and 5x5 filters with strides and dilations of 1, and enough
   * channels and tiles.
   */
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
 * A copy of a geometry, for a gradient that is a convolution of another shape. There is one place for it: the copy is
 * valid until the next call.
 */
export function deriveGeometry(g: Geometry2D): Geometry2D {
  memory.copy(DERIVED_GEOMETRY, changetype<usize>(g), offsetof<Geometry2D>());
  return changetype<Geometry2D>(DERIVED_GEOMETRY);
}
