/**
 * The phases of the input gradient of a strided 2D convolution: input pixels whose padded positions are equal modulo
 * the strides, and the taps that reach them. Geometries are those of the forward convolution.
 */
import {deriveGeometry, Geometry2D} from './geometry';

/** Whether every phase is a convolution with at least one tap and with paddings >= 0. */
export function isPhased(g: Geometry2D): bool {
  if (g.strideHeight == 1 && g.strideWidth == 1) return false;
  if (g.strideHeight > g.filterHeight || g.strideWidth > g.filterWidth) return false;
  return isCovered(g.strideHeight, g.filterHeight, g.padTop) && isCovered(g.strideWidth, g.filterWidth, g.padLeft);
}

function isCovered(stride: i32, taps: i32, pad: i32): bool {
  for (let phase = 0; phase < stride; phase++) if (padOf(phase, stride, taps, pad) < 0) return false;
  return true;
}

/** The first input position of a phase: the first whose padded position is `phase` modulo the stride. */
export function firstOf(phase: i32, stride: i32, pad: i32): i32 {
  return (phase - (pad % stride) + stride) % stride;
}

/** How many taps reach the positions of a phase. */
export function tapsOf(phase: i32, stride: i32, taps: i32): i32 {
  return (taps - phase + stride - 1) / stride;
}

/** The padding before the first pixel of the convolution of a phase. */
function padOf(phase: i32, stride: i32, taps: i32, pad: i32): i32 {
  return tapsOf(phase, stride, taps) - 1 - (firstOf(phase, stride, pad) + pad - phase) / stride;
}

/** The geometry of the convolution of dy that computes phase (a, b). */
export function phaseGeometry(g: Geometry2D, a: i32, b: i32): Geometry2D {
  const phase = deriveGeometry(g);
  phase.inHeight = g.outHeight;
  phase.inWidth = g.outWidth;
  phase.inChannels = g.outChannels;
  phase.outHeight = (g.inHeight - firstOf(a, g.strideHeight, g.padTop) + g.strideHeight - 1) / g.strideHeight;
  phase.outWidth = (g.inWidth - firstOf(b, g.strideWidth, g.padLeft) + g.strideWidth - 1) / g.strideWidth;
  phase.outChannels = g.inChannels;
  phase.filterHeight = tapsOf(a, g.strideHeight, g.filterHeight);
  phase.filterWidth = tapsOf(b, g.strideWidth, g.filterWidth);
  phase.padTop = padOf(a, g.strideHeight, g.filterHeight, g.padTop);
  phase.padLeft = padOf(b, g.strideWidth, g.filterWidth, g.padLeft);
  phase.strideHeight = 1;
  phase.strideWidth = 1;
  return phase;
}
