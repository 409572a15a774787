/**
 * The gradient of a strided 2D convolution's input, by phases: input pixels whose padded positions are equal modulo the
 * strides are reached by the same taps. Each phase is a convolution of dy with these taps, rotated by 180 degrees, with
 * strides of 1. Geometries are those of the forward convolution.
 */

import {COPY_CHUNK_FLOATS} from '../threads/chunks';
import {itemsOf, jobOf, parallel} from '../threads/pool';
import {convolve, convolveBytes} from './forward';
import {Geometry2D} from './geometry';
import {firstOf, phaseGeometry, tapsOf} from './phase_geometry';
import {copyFloats} from './source';

/** dx from dy and filter; scratch: phasesBytes() bytes. */
export function backpropByPhases(g: Geometry2D, dy: usize, filter: usize, dx: usize, scratch: usize): void {
  const result = scratch + g.filterBytes();
  const rest = result + resultBytes(g);
  for (let a = 0; a < g.strideHeight; a++) {
    for (let b = 0; b < g.strideWidth; b++) {
      const top = firstOf(a, g.strideHeight, g.padTop);
      const left = firstOf(b, g.strideWidth, g.padLeft);
      if (top >= g.inHeight || left >= g.inWidth) continue;
      rotateTaps(g, filter, a, b, scratch);
      convolve(phaseGeometry(g, a, b), dy, scratch, 0, result, false, rest);
      spread(g, result, dx, top, left);
    }
  }
}

/** The scratch that backpropByPhases needs, in bytes. */
export function phasesBytes(g: Geometry2D): f64 {
  let largest: f64 = 0;
  for (let a = 0; a < g.strideHeight; a++) {
    for (let b = 0; b < g.strideWidth; b++) {
      const top = firstOf(a, g.strideHeight, g.padTop);
      const left = firstOf(b, g.strideWidth, g.padLeft);
      if (top < g.inHeight && left < g.inWidth) largest = max(largest, convolveBytes(phaseGeometry(g, a, b)));
    }
  }
  return <f64>g.filterBytes() + <f64>resultBytes(g) + largest;
}

/** Bytes of the result of the largest phase. */
function resultBytes(g: Geometry2D): usize {
  const rows = (g.inHeight + g.strideHeight - 1) / g.strideHeight;
  const columns = (g.inWidth + g.strideWidth - 1) / g.strideWidth;
  return (<usize>(g.batchSize * rows * columns * g.inChannels + 16)) << 2;
}

/** rotated[i][j][o][c] = the taps of phase (a, b) in reverse order, with input and output channels swapped. */
function rotateTaps(g: Geometry2D, filter: usize, a: i32, b: i32, rotated: usize): void {
  const outs = g.outChannels;
  const tapBytes = (<usize>(g.inChannels * outs)) << 2;
  for (let i = tapsOf(a, g.strideHeight, g.filterHeight) - 1; i >= 0; i--) {
    for (let j = tapsOf(b, g.strideWidth, g.filterWidth) - 1; j >= 0; j--) {
      const row = a + i * g.strideHeight;
      const tap = filter + <usize>(row * g.filterWidth + b + j * g.strideWidth) * tapBytes;
      for (let o = 0; o < outs; o++) {
        let from = tap + ((<usize>o) << 2);
        for (let c = 0; c < g.inChannels; c++) {
          store<u32>(rotated, load<u32>(from));
          rotated += 4;
          from += (<usize>outs) << 2;
        }
      }
    }
  }
}

@unmanaged
class SpreadJob {
  geometry: Geometry2D;
  result: usize;
  dx: usize;
  top: i32;
  left: i32;
}

/** Writes the pixels of a phase to every stride-th row and column of dx. */
function spread(g: Geometry2D, result: usize, dx: usize, top: i32, left: i32): void {
  const job = jobOf<SpreadJob>();
  job.geometry = g;
  job.result = result;
  job.dx = dx;
  job.top = top;
  job.left = left;
  const pixels = countFrom(top, g.inHeight, g.strideHeight) * countFrom(left, g.inWidth, g.strideWidth);
  parallel(spreadImages.index, g.batchSize, itemsOf(COPY_CHUNK_FLOATS, <f64>pixels * <f64>g.inChannels));
}

function spreadImages(first: i32, end: i32): void {
  const job = jobOf<SpreadJob>();
  const g = job.geometry;
  const channels = g.inChannels;
  const pixelBytes = (<usize>channels) << 2;
  const step = pixelBytes * g.strideWidth;
  const pixels = countFrom(job.top, g.inHeight, g.strideHeight) * countFrom(job.left, g.inWidth, g.strideWidth);
  let result = job.result + <usize>(first * pixels) * pixelBytes;
  for (let image = first; image < end; image++) {
    const dx = job.dx + <usize>image * (<usize>(g.inHeight * g.inWidth) * pixelBytes);
    for (let y = job.top; y < g.inHeight; y += g.strideHeight) {
      let to = dx + <usize>(y * g.inWidth + job.left) * pixelBytes;
      for (let x = job.left; x < g.inWidth; x += g.strideWidth) {
        copyFloats(result, to, channels);
        result += pixelBytes;
        to += step;
      }
    }
  }
}

/** How many of first, first + step, ... are less than `end`. */
function countFrom(first: i32, end: i32, step: i32): i32 {
  return (end - first + step - 1) / step;
}
