/**
 * The bottom of the memory, below the TypeScript heap: what kernels read without being given a pointer to it.
 *
 *   0 .. 1023       never written: a null pointer read by mistake gives zeros
 *   1024 .. 2047    PARAMS: dimensions and strides that TypeScript writes before a call
 *   2048 .. 3071    TILE: the corner tiles of a matrix product, before their valid part is copied out;
 *                   what does not change from pixel to pixel of a projection, see image/transform.ts
 *   3072 .. 4095    CONSTANTS: those of the transcendental functions, see constants.ts
 *   4096 .. 5119    OPERAND: a short operand of an element-wise kernel, repeated
 */
/** Where TypeScript writes the dimensions and strides of a call: 256 int32. */
export const PARAMS: usize = 1024;
/** 256 floats of scratch. */
export const TILE: usize = 2048;
/** 256 floats or 128 doubles, filled by init(). */
export const CONSTANTS: usize = 3072;
/** 256 floats of scratch. */
export const OPERAND: usize = 4096;
/** The first byte that the TypeScript heap may hand out. */
export const HEAP_BASE: usize = 5120;
/** 256 floats of zero. */
export const ZEROS: usize = 0;

export function params_offset(): usize {
  return PARAMS;
}
export function heap_base(): usize {
  return HEAP_BASE;
}
