/** The geometry of a 3D convolution, gradient or pooling, and what is derived from it. */
import {Geometry3DWords} from '../abi';

export class Geometry3D extends Geometry3DWords {
  /** Output pixels of all volumes. */
  outPixels(): i32 {
    return this.batchSize * this.outDepth * this.outHeight * this.outWidth;
  }

  /** Floats that one output pixel reads: K of the GEMM. */
  patchSize(): i32 {
    return this.filterDepth * this.filterHeight * this.filterWidth * this.inChannels;
  }

  /** Row, plane and volume strides of the input, in bytes. */
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
