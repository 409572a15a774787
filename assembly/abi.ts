/**
 * The binary interface between the kernels and TypeScript, apart from the exported functions (index.ts). AssemblyScript
 * and TypeScript both import this file. A class is the layout of a record in memory, its fields in order; TypeScript
 * writes records by field name (src/backend/records.ts).
 */

/**
 * Size of the parameter area, in int32. TypeScript writes records and lists there and passes their address to a kernel.
 */
export const PARAMETER_WORDS = 256;

/**
 * A kernel may write past the end of an output block, up to the next multiple of this many bytes: every block is padded
 * to one.
 */
export const BLOCK_PADDING = 64;

/** Bytes of the scratch at a fixed address that each thread has. */
export const THREAD_AREA_BYTES = 2048;

/** Where the compiler places static data, up to heap_base(): `memoryBase` of asconfig.json. Nothing writes there. */
export const STATIC_DATA = 4736;

/** Threads that there can be, the caller's included. */
export const MAX_THREADS = 16;

/** Groups of chunks whose totals are kept apart, where several threads sum a chain. */
export const SUM_GROUPS = 64;

/** Bytes past the end of any block that a kernel may read. */
export const READ_PADDING = 256;

/**
 * Columns of a panel of row_times_panels_f32: 12 vectors stay in registers. 5408 x 200 takes 58 us; in the order of a
 * matrix, with the sums in memory, 107 (AMD EPYC Zen 4, Node 20.20, SIMD). Panels of 40 and 20 columns were slower.
 */
export const PANEL_COLUMNS = 48;

/** The last panels are narrower: one has a multiple of so many columns, one the rest. */
export const PANEL_UNIT = 8;

/**
 * A 2D convolution or pooling, NHWC and HWIO. All sizes are >= 1. Paddings may be negative: the first window then
 * begins inside the image. The conv2d functions need paddings >= 0.
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
  /** 1 if minimal filtering may be used, which has larger rounding errors; else 0. */
  usesWinograd: i32 = 0;
}

/**
 * A 3D convolution or pooling, NDHWC and DHWIO. All sizes are >= 1. Paddings may be negative: the first window then
 * begins inside the volume, as in tfjs for the padding 'same' and strides larger than the filter.
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

/** How a GEMM reads its operands; chosen by gemm/plan.ts. */
export enum GemmPacking {
  /** Neither operand is packed. */
  none,
  a,
  b,
  both,
  /** M = 1 and B not transposed: nothing is packed, and B is read once from beginning to end. */
  row,
}

/** How a 2D convolution is computed; chosen by conv/path.ts. */
export enum Conv2DPath {
  /** A 1x1 filter: a plain GEMM. */
  product,
  /** Minimal filtering (Winograd). */
  winograd,
  /** The rows of a register tile are the same output pixel of several images. */
  images,
  /** One input channel: the rows of a register tile are neighbouring pixels, and each tap is a table entry. */
  singleChannel,
  /** im2col: whole patches are copied, then one GEMM. */
  patches,
  /** Indirect convolution: patches are read in place through a list of pixel offsets, run by run. */
  indirect,
}

/** How the gradient of a 2D convolution's filter is computed; chosen by conv/path.ts. */
export enum Conv2DBackpropFilterPath {
  winograd,
  singleChannel,
  /** The patches of one filter row are copied; all filter rows use the same copy. */
  filterRows,
  patches,
}

/** How the gradient of a 2D convolution's input is computed; chosen by conv/path.ts. */
export enum Conv2DBackpropInputPath {
  /** A convolution of dy with the filter rotated by 180 degrees, computed by the path of its own geometry. */
  rotated,
  /** One such convolution for each phase of the strides. */
  phases,
  images,
  /** The gradients of all patches, added where patches overlap: col2im. */
  patches,
}

/**
 * One operation of a chain, see elementwise/evaluate.ts. a, b, c and y are addresses. The mask of an address is -1 if
 * it advances from chunk to chunk, 0 if it stays.
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

/** A dimension of a strided copy: its size, >= 1, and its stride in bytes, which may be negative or 0. */
export class StridedDimension {
  size: i32 = 0;
  stride: i32 = 0;
}

/** An outer dimension of a transposition: its size, and its strides in x and in y, in bytes. */
export class TransposedDimension {
  size: i32 = 0;
  xStride: i32 = 0;
  yStride: i32 = 0;
}

/**
 * A padded dimension: its size in x, its strides in x and in y in bytes, and the padding before and after, in steps of
 * the stride.
 */
export class PaddedDimension {
  size: i32 = 0;
  xStep: u32 = 0;
  yStep: u32 = 0;
  before: i32 = 0;
  after: i32 = 0;
}

/** An input of a concatenation: its address, and the bytes of one of its rows. */
export class ConcatInput {
  address: usize = 0;
  rowBytes: u32 = 0;
}

/** An operand of a batch normalisation, repeated after `length` floats; a length of 0 means that it is absent. */
export class RepeatedFloats {
  address: usize = 0;
  length: i32 = 0;
}

/** How a position outside the image is sampled; the names are tfjs's fill modes. */
export enum FillMode {
  /** The fill value. */
  constant,
  /** In mirrored copies of the image, edge pixels repeated: dcba|abcd|dcba. */
  reflect,
  /** In repeated copies of the image: abcd|abcd|abcd. */
  wrap,
  /** The nearest edge pixel. */
  nearest,
}
