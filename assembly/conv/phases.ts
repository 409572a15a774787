/**
 * The gradient of a strided convolution's input, by phases: input pixels whose positions are alike modulo the strides
 * are reached by the same taps, and are a convolution of dy with these, turned, without strides. For the geometry in
 * PARAMS, of the forward convolution; it is written over.
 */
import {PARAMS} from '../memory';
import {conv2d_f32, conv2d_f32_scratch_bytes} from './forward';
import {
  batchSize, filterHeight, filterWidth, inChannels, inHeight, inWidth, outChannels, outHeight, outWidth, padLeft, padTop,
  setFilterAndStride, setGeometry, strideHeight, strideWidth,
} from './geometry';
import {copyFloats} from './source';

/** Where the geometry is kept while that of a phase stands in its place. */
const KEPT: usize = PARAMS + 512;
const GEOMETRY_BYTES: usize = 64;

/** Whether all phases are convolutions: of at least one tap, beginning no further inside of dy than at its edge. */
export function isPhased(): bool {
  if (strideHeight() == 1 && strideWidth() == 1) return false;
  if (strideHeight() > filterHeight() || strideWidth() > filterWidth()) return false;
  return isCovered(strideHeight(), filterHeight(), padTop()) && isCovered(strideWidth(), filterWidth(), padLeft());
}

function isCovered(stride: i32, taps: i32, pad: i32): bool {
  for (let phase = 0; phase < stride; phase++) if (padOf(phase, stride, taps, pad) < 0) return false;
  return true;
}

/** dx from dy and filter; scratch: phasesBytes(). */
export function backpropByPhases(dy: usize, filter: usize, dx: usize, scratch: usize): void {
  memory.copy(KEPT, PARAMS, GEOMETRY_BYTES);
  const filterBytes = <usize>(filterHeight() * filterWidth() * inChannels() * outChannels()) << 2;
  const result = scratch + filterBytes;
  const rest = result + resultBytes();
  for (let a = 0; a < strideHeight(); a++) {
    for (let b = 0; b < strideWidth(); b++) {
      turnTaps(filter, a, b, scratch);
      const top = firstOf(a, strideHeight(), padTop());
      const left = firstOf(b, strideWidth(), padLeft());
      if (top < inHeight() && left < inWidth()) {
        setPhase(a, b);
        conv2d_f32(dy, scratch, 0, false, result, rest);
        memory.copy(PARAMS, KEPT, GEOMETRY_BYTES);
        spread(result, dx, top, left);
      }
    }
  }
}

/** The scratch that backpropByPhases needs for the geometry in PARAMS, in bytes. */
export function phasesBytes(): usize {
  memory.copy(KEPT, PARAMS, GEOMETRY_BYTES);
  const bytes = (<usize>(filterHeight() * filterWidth() * inChannels() * outChannels()) << 2) + resultBytes();
  let largest: usize = 0;
  for (let a = 0; a < strideHeight(); a++) {
    for (let b = 0; b < strideWidth(); b++) {
      if (firstOf(a, strideHeight(), padTop()) >= inHeight() || firstOf(b, strideWidth(), padLeft()) >= inWidth()) continue;
      setPhase(a, b);
      largest = max(largest, conv2d_f32_scratch_bytes());
      memory.copy(PARAMS, KEPT, GEOMETRY_BYTES);
    }
  }
  return bytes + largest;
}

/** The result of the largest phase. */
function resultBytes(): usize {
  const rows = (inHeight() + strideHeight() - 1) / strideHeight();
  const columns = (inWidth() + strideWidth() - 1) / strideWidth();
  return <usize>(batchSize() * rows * columns * inChannels() + 16) << 2;
}

/** The first input position of a phase: that plus the padding is `phase` modulo the stride. */
function firstOf(phase: i32, stride: i32, pad: i32): i32 {
  return (phase - pad % stride + stride) % stride;
}

/** How many taps reach the positions of a phase. */
function tapsOf(phase: i32, stride: i32, taps: i32): i32 {
  return (taps - phase + stride - 1) / stride;
}

/** The padding of the convolution that is a phase. */
function padOf(phase: i32, stride: i32, taps: i32, pad: i32): i32 {
  return tapsOf(phase, stride, taps) - 1 - (firstOf(phase, stride, pad) + pad - phase) / stride;
}

function setPhase(a: i32, b: i32): void {
  const rows = (inHeight() - firstOf(a, strideHeight(), padTop()) + strideHeight() - 1) / strideHeight();
  const columns = (inWidth() - firstOf(b, strideWidth(), padLeft()) + strideWidth() - 1) / strideWidth();
  const top = padOf(a, strideHeight(), filterHeight(), padTop());
  const left = padOf(b, strideWidth(), filterWidth(), padLeft());
  const tapRows = tapsOf(a, strideHeight(), filterHeight());
  const tapColumns = tapsOf(b, strideWidth(), filterWidth());
  setGeometry(batchSize(), outHeight(), outWidth(), outChannels(), rows, columns, inChannels(), top, left);
  setFilterAndStride(tapRows, tapColumns, 1, 1);
}

/** turned[i][j][o][c] = the taps of a phase, the last first, with input and output channels in each other's place. */
function turnTaps(filter: usize, a: i32, b: i32, turned: usize): void {
  const outs = outChannels();
  const tapBytes = <usize>(inChannels() * outs) << 2;
  for (let i = tapsOf(a, strideHeight(), filterHeight()) - 1; i >= 0; i--) {
    for (let j = tapsOf(b, strideWidth(), filterWidth()) - 1; j >= 0; j--) {
      const row = a + i * strideHeight();
      const tap = filter + <usize>(row * filterWidth() + b + j * strideWidth()) * tapBytes;
      for (let o = 0; o < outs; o++) {
        let from = tap + (<usize>o << 2);
        for (let c = 0; c < inChannels(); c++) {
          store<u32>(turned, load<u32>(from));
          turned += 4;
          from += <usize>outs << 2;
        }
      }
    }
  }
}

/** Writes the pixels of a phase to every stride-th row and column of dx. */
function spread(result: usize, dx: usize, top: i32, left: i32): void {
  const channels = inChannels();
  const pixelBytes = <usize>channels << 2;
  const step = pixelBytes * strideWidth();
  for (let image = batchSize(); image > 0; image--) {
    for (let y = top; y < inHeight(); y += strideHeight()) {
      let to = dx + <usize>(y * inWidth() + left) * pixelBytes;
      for (let x = left; x < inWidth(); x += strideWidth()) {
        copyFloats(result, to, channels);
        result += pixelBytes;
        to += step;
      }
    }
    dx += <usize>(inHeight() * inWidth()) * pixelBytes;
  }
}
