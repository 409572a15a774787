/** Block sizes and thresholds, with the measurements that chose them. Figures are GFLOP/s or ratios on one thread. */
import {RELAXED} from './simd';

/**
 * Rows of a micro-tile. V8 has 15 vector registers to give: 6x8 takes 12 accumulators, two of B and one of A. Without
 * a fused multiply-add the product needs a register too, which leaves room for 5x8.
 */
// @ts-ignore: decorator
@inline
export const MR: i32 = RELAXED ? 6 : 5;

/** Columns of a micro-tile: two vectors. */
// @ts-ignore: decorator
@inline
export const NR: i32 = 8;

/**
 * Steps of K in one block: a panel of B (KC x 8 floats, 16 KiB) stays in the first-level cache beside one of A. At 1024
 * with KC, MC, NC of 512, 120 or 144, 1024: 55; 512, 60, 512: 52; 384, 120, 512: 50; 256, 120, 1024: 48. Longer blocks read
 * and write C less often.
 */
// @ts-ignore: decorator
@inline
export const KC: i32 = 512;

/**
 * Rows of A in one block, at most: packed, MC x KC floats (288 KiB) stay in the second-level cache. Blocks are as even as
 * they can be; a batch of 128 is one.
 */
// @ts-ignore: decorator
@inline
export const MC: i32 = 144;

/** Columns of B in one block: packed, KC x NC floats (2 MiB). */
// @ts-ignore: decorator
@inline
export const NC: i32 = 1024;

/** Packing B pays from this many rows of A on. */
// @ts-ignore: decorator
@inline
export const PACK_B_MIN_M: i32 = 24;

/** Packing A pays from this many columns of B on. */
// @ts-ignore: decorator
@inline
export const PACK_A_MIN_N: i32 = 64;

/** A convolution works on so many images together that they have about this many output pixels. */
// @ts-ignore: decorator
@inline
export const CONV_GROUP_PIXELS: i32 = 128;

/** Runs of a patch shorter than this are copied to whole patches first. */
// @ts-ignore: decorator
@inline
export const CONV_MIN_RUN: i32 = 12;

/**
 * Up to runs of this many floats a convolution of a batch reads its images side by side: 28x28x1, 3x3 to 32 runs at 37
 * then and at 31 otherwise, 5x5 stride 2 to 16 at 44 and 26, 14x14x6, 5x5 to 16 at 53 and 46.
 */
// @ts-ignore: decorator
@inline
export const CONV_BY_IMAGES_MAX_RUN: i32 = 40;

/**
 * The input gradient is a turned convolution while that does less than this many times the work that is needed: on
 * 14x14x16 to 32 (1.0 times) it runs at 51 against 31 by patches, on 14x14x6 to 16 valid (2.6 times) at 21 against 27.
 */
// @ts-ignore: decorator
@inline
export const CONV_TURN_MAX_WORK: f64 = 1.8;

/**
 * A 3D convolution lays out the patches of so many output pixels together that they have about this many floats (256
 * KiB), which stay in the second-level cache: the filter gradient of 16x28x28x16 to 32, stride 2, runs at 48 with a
 * quarter of them too, at 37 with four times as many.
 */
// @ts-ignore: decorator
@inline
export const CONV3D_PATCH_FLOATS: i32 = 65536;

/** Minimal filtering pays from this many channels on, of the input as of the output. */
// @ts-ignore: decorator
@inline
export const WINOGRAD_MIN_CHANNELS: i32 = 16;

/** And from this many tiles on, which pay for the transform of the filter. */
// @ts-ignore: decorator
@inline
export const WINOGRAD_MIN_TILES: i32 = 32;

/** Channels of an image that a depthwise convolution takes at a time: two cache lines of each pixel. */
// @ts-ignore: decorator
@inline
export const DEPTHWISE_BLOCK: i32 = 32;

/**
 * What it copies of them at a time, in bytes: that and what is computed from it stay in the second-level cache. Half as
 * much makes 112x112x32 10 % slower, of which the rows that two strips share are copied twice.
 */
// @ts-ignore: decorator
@inline
export const DEPTHWISE_STRIP_BYTES: usize = 65536;
