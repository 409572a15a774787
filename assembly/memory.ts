/**
 * The bottom of the memory, below the TypeScript heap: areas that kernels read or write without being passed a pointer.
 *
 *   0 .. 1023       ZEROS: never written; a null pointer that is read by mistake gives zeros
 *   1024 .. 2047    PARAMETERS: written by TypeScript, read by kernels through the pointer that they are passed
 *   2048 .. 3071    fixedScratch of the calling thread: scratch of the running function
 *   3072 .. 4095    operandScratch of the calling thread: a short operand of an element-wise kernel, repeated
 *   4096 .. 4223    DERIVED_GEOMETRY: see conv/geometry.ts
 *   4224 .. 4479    POOL: see threads/pool.ts
 *   4480 .. 4735    JOB: what the chunks of the running job read, see threads/pool.ts
 *   4736 ..         static data, placed by the compiler from `memoryBase` of asconfig.json on: constants
 *
 * fixedScratch has no owner: its content is undefined when a function begins, and is lost when a function that uses it
 * is called. gemm/block.ts and the transforms of conv/winograd use it, and both are called by others; they keep data
 * there for one tile only.
 */
import {PARAMETER_WORDS, STATIC_DATA, THREAD_AREA_BYTES} from './abi';

/** 256 floats, all 0. */
export const ZEROS: usize = 0;
const PARAMETERS: usize = 1024;
const CALLER_AREA: usize = PARAMETERS + (PARAMETER_WORDS << 2);
/** 32 int32. */
export const DERIVED_GEOMETRY: usize = CALLER_AREA + THREAD_AREA_BYTES;
/** Four cache lines. */
export const POOL: usize = DERIVED_GEOMETRY + 128;
/** 64 int32. */
export const JOB: usize = POOL + 256;
const END_OF_AREAS: usize = JOB + 256;

/** 256 floats; each thread has its own. */
export let fixedScratch: usize = CALLER_AREA;
/** 256 floats; each thread has its own. */
export let operandScratch: usize = CALLER_AREA + 1024;

/** Gives this thread an area of its own, THREAD_AREA_BYTES long. */
export function useThreadArea(area: usize): void {
  fixedScratch = area;
  operandScratch = area + 1024;
}

export function parameters_offset(): usize {
  return PARAMETERS;
}

/** The first byte that the TypeScript heap may hand out: a multiple of 128. */
export function heap_base(): usize {
  if (END_OF_AREAS > <usize>STATIC_DATA) ERROR('STATIC_DATA of abi.ts is inside of the areas of memory.ts');
  if (<usize>STATIC_DATA != <usize>ASC_MEMORY_BASE) ERROR('memoryBase of asconfig.json is not STATIC_DATA of abi.ts');
  return (__data_end + 127) & ~127;
}
