/**
 * How much work a chunk of a job has, about: it takes some 5 us of one thread, where a join takes less than 1. Results do
 * not depend on these, nor does the time of one thread.
 */

/**
 * Products in a chunk of a matrix product: some 40 us of one thread's work, which a join costs a few percent of.
 */
// @ts-ignore: decorator
@inline
export const GEMM_CHUNK_PRODUCTS: i32 = 524288;

/** Blocks of A that threads pack together. */
// @ts-ignore: decorator
@inline
export const GEMM_BLOCKS_AT_ONCE: i32 = 8;

/** Products in a chunk of the product of one row with a matrix, which reads each element of it once. */
// @ts-ignore: decorator
@inline
export const GEMV_CHUNK_PRODUCTS: i32 = 524288;

/** Products in a chunk of a convolution: 5 us and more of one thread's work. */
// @ts-ignore: decorator
@inline
export const CONV_CHUNK_PRODUCTS: i32 = 131072;

/** Floats in a chunk of what moves or combines elements: some 5 us from memory. */
// @ts-ignore: decorator
@inline
export const COPY_CHUNK_FLOATS: i32 = 16384;

/** Operations on one element in a chunk of a chain: some 5 us of one thread's work. */
// @ts-ignore: decorator
@inline
export const CHAIN_CHUNK_OPERATIONS: i32 = 32768;
