/**
 * The bottom of the memory, below the TypeScript heap: areas that kernels read or write without being passed a pointer.
 *
 *   0 .. 1023       ZEROS: never written; a null pointer that is read by mistake gives zeros
 *   1024 .. 2047    PARAMETERS: written by TypeScript, read by kernels through the pointer that they are passed
 *   2048 .. 3071    FIXED_SCRATCH: scratch of the running function
 *   3072 .. 4095    OPERAND: a short operand of an element-wise kernel, repeated
 *   4096 .. 4223    DERIVED_GEOMETRY: see conv/geometry.ts
 *   4224 ..         static data, placed by the compiler from `memoryBase` of asconfig.json on: constants
 *
 * FIXED_SCRATCH has no owner: its content is undefined when a function begins, and is lost when a function that uses it
 * is called. gemm/block.ts and the transforms of conv/winograd use it, and both are called by others; they keep data
 * there for one tile only.
 */
import {PARAMETER_WORDS} from './abi';

/** 256 floats, all 0. */
export const ZEROS: usize = 0;
const PARAMETERS: usize = 1024;
/** 256 floats. */
export const FIXED_SCRATCH: usize = PARAMETERS + (PARAMETER_WORDS << 2);
/** 256 floats. */
export const OPERAND: usize = FIXED_SCRATCH + 1024;
/** 32 int32. */
export const DERIVED_GEOMETRY: usize = OPERAND + 1024;
const STATIC_DATA: usize = DERIVED_GEOMETRY + 128;

export function parameters_offset(): usize {
  return PARAMETERS;
}

/** The first byte that the TypeScript heap may hand out: a multiple of 128. */
export function heap_base(): usize {
  if (STATIC_DATA > <usize>ASC_MEMORY_BASE) ERROR('memoryBase of asconfig.json is inside of the areas of memory.ts');
  return (__data_end + 127) & ~127;
}
