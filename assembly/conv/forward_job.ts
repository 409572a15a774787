import {Geometry2D} from './geometry';

/** A 2D convolution, but for products and minimal filtering: what its chunks, some of the images each, read. */
@unmanaged
export class ForwardJob {
  geometry: Geometry2D;
  x: usize;
  /** The filter in packB's format. */
  packed: usize;
  bias: usize;
  y: usize;
  activates: bool;
  /** Whether patches are copied. */
  usesPatches: bool;
  /** The offsets of taps or pixels. */
  shared: usize;
  /** The parts of the scratch that the threads have, and the bytes of each. */
  parts: usize;
  partBytes: usize;
}
