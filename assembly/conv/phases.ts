/**
 * The gradient of a strided 2D convolution's input, by phases: input pixels whose padded positions are equal modulo the
 * strides are reached by the same taps. Each phase is a convolution of dy with these taps, rotated by 180 degrees, with
 * strides of 1. Geometries are those of the forward convolution.
 */
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

/** Writes the pixels of a phase to every stride-th row and column of dx. */
function spread(g: Geometry2D, result: usize, dx: usize, top: i32, left: i32): void {
  const channels = g.inChannels;
  const pixelBytes = (<usize>channels) << 2;
  const step = pixelBytes * g.strideWidth;
  for (let image = g.batchSize; image > 0; image--) {
    for (let y = top; y < g.inHeight; y += g.strideHeight) {
      let to = dx + <usize>(y * g.inWidth + left) * pixelBytes;
      for (let x = left; x < g.inWidth; x += g.strideWidth) {
        copyFloats(result, to, channels);
        result += pixelBytes;
        to += step;
      }
    }
    dx += <usize>(g.inHeight * g.inWidth) * pixelBytes;
  }
}
