/**
 * The bottom of the memory, below the TypeScript heap: what kernels read or write without being given a pointer to it.
 *
 *   0 .. 1023       ZEROS: never written; a null pointer read by mistake gives zeros
 *   1024 .. 2047    PARAMETERS: written by TypeScript, read by kernels through the pointer that they are given
 *   2048 .. 3071    FIXED_SCRATCH: of the function that runs
 *   3072 .. 4095    CONSTANTS: those of the transcendental functions, see constants.ts
 *   4096 .. 5119    OPERAND: a short operand of an element-wise kernel, repeated
 *   5120 .. 5247    DERIVED_GEOMETRY: see conv/geometry.ts
 *
 * The rule for FIXED_SCRATCH: a function that uses it expects nothing there when it begins, and leaves nothing there that
 * counts when it returns. So what one keeps there must not outlive a call of another that uses it: the tiles of
 * gemm/block.ts and the transforms of conv/winograd, which others call, keep it for one tile.
 */
import {PARAMETER_WORDS} from './abi';

/** 256 floats of zero. */
export const ZEROS: usize = 0;
export const PARAMETERS: usize = 1024;
/** 256 floats. */
export const FIXED_SCRATCH: usize = PARAMETERS + (PARAMETER_WORDS << 2);
/** 256 floats or 128 doubles, filled by init(). */
export const CONSTANTS: usize = FIXED_SCRATCH + 1024;
/** 256 floats. */
export const OPERAND: usize = CONSTANTS + 1024;
/** 32 int32. */
export const DERIVED_GEOMETRY: usize = OPERAND + 1024;
/** The first byte that the TypeScript heap may hand out. */
export const HEAP_BASE: usize = DERIVED_GEOMETRY + 128;

export function parameters_offset(): usize {
  return PARAMETERS;
}
export function heap_base(): usize {
  return HEAP_BASE;
}
