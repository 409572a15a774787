/**
 * What the kernels and TypeScript have to agree on, but for the functions themselves (index.ts): both languages import
 * this file. A class is a record in memory, its fields one after the other; TypeScript writes it by the fields' names.
 */

/** The int32 of the parameter area, in which TypeScript writes the records and lists that it gives a pointer to. */
export const PARAMETER_WORDS = 256;

/** Bytes past the end of an output block that a kernel may write: every block is padded to a multiple of this. */
export const BLOCK_PADDING = 64;

/** Bytes past the end of any block that a kernel may read. */
export const READ_PADDING = 256;

/**
 * A 2D convolution or pooling, NHWC and HWIO. All sizes are >= 1; paddings are negative where tfjs begins inside of the
 * image.
 */
export class Geometry2DWords {
  batchSize: i32 = 0;
  inHeight: i32 = 0;
  inWidth: i32 = 0;
  inChannels: i32 = 0;
  outHeight: i32 = 0;
  outWidth: i32 = 0;
  outChannels: i32 = 0;
  filterHeight: i32 = 0;
  filterWidth: i32 = 0;
  strideHeight: i32 = 0;
  strideWidth: i32 = 0;
  dilationHeight: i32 = 0;
  dilationWidth: i32 = 0;
  padTop: i32 = 0;
  padLeft: i32 = 0;
  /** 1 where minimal filtering, which rounds more coarsely, may be used, else 0. */
  usesWinograd: i32 = 0;
}

/**
 * A 3D convolution or pooling, NDHWC and DHWIO. All sizes are >= 1; paddings are negative where tfjs begins inside of the
 * volume, as it does with the padding 'same' and strides larger than the filter.
 */
export class Geometry3DWords {
  batchSize: i32 = 0;
  inDepth: i32 = 0;
  inHeight: i32 = 0;
  inWidth: i32 = 0;
  inChannels: i32 = 0;
  outDepth: i32 = 0;
  outHeight: i32 = 0;
  outWidth: i32 = 0;
  outChannels: i32 = 0;
  filterDepth: i32 = 0;
  filterHeight: i32 = 0;
  filterWidth: i32 = 0;
  strideDepth: i32 = 0;
  strideHeight: i32 = 0;
  strideWidth: i32 = 0;
  dilationDepth: i32 = 0;
  dilationHeight: i32 = 0;
  dilationWidth: i32 = 0;
  padFront: i32 = 0;
  padTop: i32 = 0;
  padLeft: i32 = 0;
}

/** How a matrix product reads its operands; gemm/plan.ts chooses. */
export enum GemmPacking {
  /** Neither is packed. */
  none,
  a,
  b,
  both,
  /** One row of A: nothing is packed, and B is read from its beginning to its end. */
  row,
}

/** How a 2D convolution is computed; conv/path.ts chooses. */
export enum Conv2DPath {
  /** A filter of 1x1: a plain product. */
  product,
  /** By minimal filtering. */
  winograd,
  /** With the images of a batch side by side. */
  images,
  /** One input channel: rows of A are neighbouring pixels. */
  singleChannel,
  /** By whole patches, copied: im2col. */
  patches,
  /** By the runs of the patches, read where they are through offsets. */
  indirect,
}

/** How the gradient of a 2D convolution's filter is computed. */
export enum Conv2DBackpropFilterPath {
  winograd,
  singleChannel,
  /** By the patches of a filter row, which serve all of them. */
  filterRows,
  patches,
}

/** How the gradient of a 2D convolution's input is computed. */
export enum Conv2DBackpropInputPath {
  /** As a convolution of dy with the filter turned by 180 degrees, whose own path is that of its geometry. */
  turned,
  /** As one such convolution for each phase of the strides. */
  phases,
  images,
  /** By the gradients of all patches, added up where they overlap: col2im. */
  patches,
}

/**
 * One operation of a chain, see elementwise/evaluate.ts. a, b, c and y are addresses; the mask of one is -1 where it moves
 * on with the chunks, 0 where it stays.
 */
export class InstructionWords {
  opcode: i32 = 0;
  a: usize = 0;
  maskA: usize = 0;
  b: usize = 0;
  maskB: usize = 0;
  c: usize = 0;
  maskC: usize = 0;
  y: usize = 0;
  maskY: usize = 0;
  p: f32 = 0;
  q: f32 = 0;
  r: f32 = 0;
}

/** A dimension of a strided copy: its size, >= 1, and its stride in bytes, which may be negative. */
export class StridedDimension {
  size: i32 = 0;
  stride: i32 = 0;
}

/** An outer dimension of a transposition: its size, and its strides in both tensors in bytes. */
export class TransposedDimension {
  size: i32 = 0;
  xStride: i32 = 0;
  yStride: i32 = 0;
}

/** A dimension that is padded: its size in x, the bytes of a step in x and in y, and the steps before and behind. */
export class PaddedDimension {
  size: i32 = 0;
  xStep: u32 = 0;
  yStep: u32 = 0;
  before: i32 = 0;
  after: i32 = 0;
}

/** An input of a concatenation: its address, and the bytes of each of its rows. */
export class ConcatInput {
  address: usize = 0;
  rowBytes: u32 = 0;
}

/** An operand of a batch normalisation, which repeats after `length` floats; it is absent where that is 0. */
export class RepeatedFloats {
  address: usize = 0;
  length: i32 = 0;
}

/** Where a position outside of an image is looked for, by the names of tfjs's fill modes. */
export enum FillMode {
  /** Nowhere: it has the fill value. */
  constant,
  /** In the images that mirror it, edges included: dcba|abcd|dcba. */
  reflect,
  /** In the images that repeat it: abcd|abcd|abcd. */
  wrap,
  /** At the pixel of the edge. */
  nearest,
}
