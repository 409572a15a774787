/** The geometry of a 3D convolution, gradient or pooling, and what follows from it. */
import {Geometry3DWords} from '../abi';

export class Geometry3D extends Geometry3DWords {
  /** Pixels of the output, all volumes together. */
  outPixels(): i32 {
    return this.batchSize * this.outDepth * this.outHeight * this.outWidth;
  }

  /** Floats that one output pixel reads: K of the product. */
  patchSize(): i32 {
    return this.filterDepth * this.filterHeight * this.filterWidth * this.inChannels;
  }

  /** Bytes from one row, plane and volume of the input to the next. */
  inRowBytes(): usize {
    return (<usize>(this.inWidth * this.inChannels)) << 2;
  }
  inPlaneBytes(): usize {
    return <usize>this.inHeight * this.inRowBytes();
  }
  inVolumeBytes(): usize {
    return <usize>this.inDepth * this.inPlaneBytes();
  }
}
