import {Geometry2D} from '../geometry';

/** A convolution by minimal filtering: what its chunks, some blocks of tiles each, read. */
@unmanaged
export class WinogradJob {
  geometry: Geometry2D;
  x: usize;
  filter: usize;
  bias: usize;
  y: usize;
  activates: bool;
  /** The transformed filter. */
  planes: usize;
  parts: usize;
  partBytes: usize;
}
