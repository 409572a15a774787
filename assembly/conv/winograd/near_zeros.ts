/**
 * Outputs near zero, which a relu follows. Minimal filtering is off by up to 1e-5 of the largest output: of a smaller
 * one it does not know the sign, and relu's gradient is all or nothing. So these few are computed by direct sums.
 */
import {activateFloats} from '../../elementwise/in_place';
import {Geometry2D} from '../geometry';

/** How far minimal filtering may be off, relative to the largest output. */
const ERROR: f32 = 1e-5;
/** Of how many outputs one may be computed directly: a filter of mostly zeros has many near zero, by nature. */
const OUTPUTS_PER_SUM: i32 = 256;

/** Of a group of tiles: the largest output seen, and how many more outputs may be computed directly. */
@unmanaged
export class NearZeros {
  largest: f32 = 0;
  left: i32 = 0;
}

/** Before a group of tiles with so many outputs. */
export function startNearZeros(state: usize, outputs: i32): void {
  const near = changetype<NearZeros>(state);
  near.largest = 0;
  near.left = outputs / OUTPUTS_PER_SUM + 1;
}

/**
 * Takes the relu of a tile, whose outputs near zero are computed by direct sums first.
 *
 * @param x the tile's image, not padded
 * @param y the tile's first pixel, of output row `top` and column `left`
 */
export function activateExactly(
  g: Geometry2D,
  x: usize,
  filter: usize,
  bias: usize,
  y: usize,
  top: i32,
  left: i32,
  rows: i32,
  columns: i32,
  state: usize,
): void {
  const near = changetype<NearZeros>(state);
  const channels = g.outChannels;
  const floats = columns * channels;
  const rowPitch = (<usize>(g.outWidth * channels)) << 2;
  near.largest = max(near.largest, largestOf(y, channels));
  // Magnitudes are compared as integers: those from 1 on are of numbers that are not 0.
  const limit = i32x4.splat(max(reinterpret<i32>(near.largest * ERROR) - 1, 0));
  const magnitude = i32x4.splat(0x7fffffff);
  const one = i32x4.splat(1);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < floats; i += 4) {
      const at = y + ((<usize>i) << 2);
      const bits = i32x4.sub(v128.and(v128.load(at), magnitude), one);
      const isNear = i32x4.lt_u(bits, limit);
      if (v128.any_true(isNear) && near.left > 0) {
        const lanes = min(4, floats - i);
        const mask = i32x4.bitmask(isNear);
        for (let lane = 0; lane < lanes; lane++) {
          if (((mask >> lane) & 1) == 0) continue;
          near.left--;
          const column = (i + lane) / channels;
          const sum = directSum(g, x, filter, bias, top + row, left + column, (i + lane) % channels);
          store<f32>(at + ((<usize>lane) << 2), sum);
        }
      }
    }
    activateFloats(y, floats);
    y += rowPitch;
  }
}

/** The largest magnitude of n >= 4 floats; infinities and NaN do not count. */
function largestOf(y: usize, n: i32): f32 {
  let most = f32x4.splat(0);
  for (let i = 0; i + 4 <= n; i += 4) most = f32x4.pmax(most, f32x4.abs(v128.load(y + ((<usize>i) << 2))));
  const largest = max(
    max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1)),
    max(f32x4.extract_lane(most, 2), f32x4.extract_lane(most, 3)),
  );
  return largest < Infinity ? largest : 0;
}

/** One output, summed in double. */
function directSum(g: Geometry2D, x: usize, filter: usize, bias: usize, row: i32, column: i32, channel: i32): f32 {
  const channels = g.inChannels;
  const tapPitch = (<usize>g.outChannels) << 2;
  let sum: f64 = bias ? <f64>load<f32>(bias + ((<usize>channel) << 2)) : 0;
  for (let i = 0; i < g.filterHeight; i++) {
    const inRow = row - g.padTop + i;
    if (inRow < 0 || inRow >= g.inHeight) continue;
    for (let j = 0; j < g.filterWidth; j++) {
      const inColumn = column - g.padLeft + j;
      if (inColumn < 0 || inColumn >= g.inWidth) continue;
      let from = x + ((<usize>((inRow * g.inWidth + inColumn) * channels)) << 2);
      let tap = filter + <usize>((i * g.filterWidth + j) * channels) * tapPitch + ((<usize>channel) << 2);
      for (let c = 0; c < channels; c++) {
        sum += <f64>load<f32>(from) * <f64>load<f32>(tap);
        from += 4;
        tap += tapPitch;
      }
    }
  }
  return <f32>sum;
}
