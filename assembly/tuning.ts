/**
 * Block sizes and thresholds, with the measurements that chose them: GFLOP/s of one thread, by `npm run tune`, which
 * builds the kernels with each value in turn (AMD EPYC Zen 4, Node 20.20, 2026-11-29, relaxed SIMD). A product is
 * written M x N x K, a convolution by its batch of 128 images.
 */
import {RELAXED} from './simd';

/**
 * Rows of a register tile. V8 has 15 vector registers to give: 6x8 takes 12 accumulators, two of B and one of A. Without
 * a fused multiply-add the product needs a register too, which leaves room for 5x8. 512 x 512 x 512 with 5 and 6 rows:
 * 51, 53; 1024 x 1024 x 1024: 52, 55. The micro-kernels are written for these two.
 *
 * Without a fused multiply-add the instructions are the limit, not the arithmetic: V8 makes 39 of a step of 5x8, 20 of
 * which compute, where a core takes 6 a cycle. Micro-kernels alone, on packed panels of 512 steps in the first-level
 * cache, at best of all orders of rows and of loads (Node 20, Node 24): 5x8: 42.9, 50.1; 3x12: 41.0, 46.8; 4x8: 37.7,
 * 45.7; 2x16: 39.8, 40.8; two steps of K at a time, 5x8: 37.5, 38.7; 4x8: 42.8, 45.6; 4x12: 41.0, 42.2. With the rows of
 * A as they lie, 5x8: 38.3, 38.5.
 */
// @ts-ignore: decorator
@inline
export const MR: i32 = RELAXED ? 6 : 5;

/** Columns of a register tile: two vectors. The micro-kernels are written for that many, so no sweep varies it. */
// @ts-ignore: decorator
@inline
export const NR: i32 = 8;

/**
 * Steps of K in one block: a panel of B (KC x 8 floats, 16 KiB) stays in the first-level cache beside one of A. Longer
 * blocks read and write C less often. 1024 x 1024 x 1024 with 128, 256, 512, 1024: 52.6, 54.1, 54.6, 54.1;
 * 64 x 4096 x 4096: 46.3, 47.2, 47.5, 46.9.
 */
// @ts-ignore: decorator
@inline
export const KC: i32 = 512;

/**
 * Rows of A in one block, at most: packed, MC x KC floats (288 KiB) stay in the second-level cache. Blocks are as even as
 * they can be; a batch of 128 is one. It matters little: 1024 x 1024 x 1024 with 48, 96, 144, 288, 576: 54.9, 54.9, 54.8,
 * 54.9, 54.5; 5408 x 200 x 128 with A transposed: 52.4, 52.5, 52.8, 52.0, 51.8.
 */
// @ts-ignore: decorator
@inline
export const MC: i32 = 144;

/**
 * Columns of B in one block: packed, KC x NC floats (2 MiB). 1024 x 1024 x 1024 with 128, 256, 512, 1024, 2048: 51.0,
 * 52.3, 53.8, 54.7, 54.8; 64 x 4096 x 4096: 43.5, 43.7, 45.3, 46.9, 48.2. Twice as much would double the scratch for 3 %
 * of the widest products.
 */
// @ts-ignore: decorator
@inline
export const NC: i32 = 1024;

/**
 * B is packed from this many rows of A on. Where it pays depends on the size of B, which the rule leaves out: packed and
 * not, 24 x 4096 x 4096: 38.4 and 38.6, 64 x 4096 x 4096: 47 and 34, but 64 x 256 x 256: 52 and 54, 24 x 256 x 256: 47
 * and 54.5. The value is where the largest B begins to gain.
 */
// @ts-ignore: decorator
@inline
export const PACK_B_MIN_M: i32 = 24;

/**
 * A is packed from this many columns of B on. 128 x N x 256, packed and not: N = 32: 47 and 47.5, 48: 50 and 48, 64: 51
 * and 47.5, 128: 53 and 47.
 */
// @ts-ignore: decorator
@inline
export const PACK_A_MIN_N: i32 = 64;

/**
 * A convolution works on so many images together that they have about this many output pixels. 4x4x64, 3x3 with 1, 64,
 * 128, 256, 1024: 51.8, 53.8, 53.6, 53.8, 52.7; 14x14x32, 5x5 stride 2: 50.3, 50.6, 51.2, 51.3, 50.1.
 */
// @ts-ignore: decorator
@inline
export const CONV_GROUP_PIXELS: i32 = 128;

/**
 * Runs of a patch (taps of one row x channels) shorter than this are copied to whole patches first. Read in place and
 * copied: runs of 6: 24.5 and 30, 9: 31 and 35, 12: 34 and 36, 15: 37.5 and 37, 18: 40 and 38, 24: 43 and 40.
 * A run of 12 is read in place, though copying it gains 6 %: 13 to 15 would be the better value.
 */
// @ts-ignore: decorator
@inline
export const CONV_MIN_RUN: i32 = 12;

/**
 * With runs of fewer floats than this, a convolution of a batch interleaves its images. Without and with: runs of 3: 31
 * and 36, 5 (5x5 stride 2): 31 and 46, 20: 41 and 52, 30: 45 and 53, 40: 47 and 53, 60: 50 and 53, 80: 51.5 and 53.4.
 * Past 40 the gain is under 13 %.
 */
// @ts-ignore: decorator
@inline
export const CONV_BY_IMAGES_MAX_RUN: i32 = 40;

/**
 * The input gradient is a convolution with the rotated filter if that does less than this many times the work that is
 * needed. With interleaved images and with the rotated filter, where that uses minimal filtering: 1.0 times: 42 and 90,
 * 1.17: 41 and 73, 1.36: 41 and 63, 1.96: 52 and 49, 4: 41 and 18. Where it takes direct sums: 1.0: 41 and 49, 1.17: 40
 * and 42, 1.36: 43 and 37, 1.96: 52 and 28. LeNet's second convolution (2.6 times): 44 and 19.
 */
// @ts-ignore: decorator
@inline
export const CONV_ROTATED_MAX_WORK: f64 = 1.8;

/**
 * A 3D convolution lays out the patches of so many output pixels together that they have about this many floats (256
 * KiB), which stay in the second-level cache. 16x28x28x16 to 32 with 16384, 32768, 65536, 131072, 262144: 36, 39, 39, 41,
 * 37; its filter gradient: 44, 44.5, 43.6, 42.7, 36.
 */
// @ts-ignore: decorator
@inline
export const CONV3D_PATCH_FLOATS: i32 = 65536;

/**
 * Minimal filtering is used from this many channels on, of the input as of the output. 14x14, 3x3, with it and without:
 * 8 channels: 46 and 48 (filter gradient 54 and 44), 12: 48 and 36, 16: 77 and 47, 32: 97 and 50, 128: 138 and 55, 256:
 * 141 and 52. At 12 channels it gains a third already, but the direct sum is the more accurate.
 */
// @ts-ignore: decorator
@inline
export const WINOGRAD_MIN_CHANNELS: i32 = 16;

/**
 * And from this many tiles (of 4x4 outputs) on, which pay for the transform of the filter. One image, with it and
 * without: 4 tiles of 32 channels: 48 and 49, of 384: 21 and 42; 9 tiles: 72 and 51, 33 and 45; 16 tiles: 90 and 51,
 * 49 and 48; 49 tiles: 106 and 51, 112 and 55.
 */
// @ts-ignore: decorator
@inline
export const WINOGRAD_MIN_TILES: i32 = 32;

/**
 * Channels of an image that a depthwise convolution takes at a time: two cache lines of each pixel. 56x56x128, 3x3 with
 * 8, 16, 32, 64, 128: 25, 28, 29, 27, 24; 14x14x128, 5x5: 27, 27, 27.5, 26, 19.
 */
// @ts-ignore: decorator
@inline
export const DEPTHWISE_BLOCK: i32 = 32;

/**
 * What it copies of them at a time, in bytes: that and what is computed from it stay in the second-level cache.
 * 112x112x32, 3x3 with 16, 32, 64, 128, 256 KiB: 24, 24, 27, 29, 30; 14x14x128: 24, 26, 26, 27, 27.
 * Past 64 KiB it gains up to 11 %, for as many times the scratch.
 */
// @ts-ignore: decorator
@inline
export const DEPTHWISE_STRIP_BYTES: usize = 65536;
