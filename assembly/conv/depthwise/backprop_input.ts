/**
 * The gradient of a depthwise 2D convolution with respect to its input: for each of its pixels the sum over the taps
 * that read it. Pixels a stride apart are read by the same taps: the first strideH * strideW of them each begin a
 * phase, whose pixels and taps are listed once. Dilations are 1.
 */
import {ZEROS} from '../../memory';
import {
  batchSize, filterHeight, filterWidth, inChannels, inHeight, inWidth, outChannels, outHeight, outWidth, padLeft,
  padTop, strideHeight, strideWidth,
} from '../geometry';
import {isRowwise, sumRows} from './row';
import {
  blockChannels, fillStrip, fillTable, multiplier, PIXEL_BYTES, planeBytes, planeCount, stepsOfStrip, stripBytes,
  sumPlaces, tableBytes, toTerms,
} from './strip';

/** Pixels from row `firstRow` of a strip on, strideH rows apart, `columns` in each, and the taps that read them. */
@unmanaged
class Phase {
  firstRow: i32;
  columns: i32;
  places: usize;
  terms: usize;
  termCount: i32;
}

/**
 * dx = the gradient of the input, NHWC float32, for the geometry in PARAMS (of the forward convolution); dy NHWC,
 * filter HWCM; paddings may be negative.
 *
 * scratch  depthwise_conv2d_backprop_input_f32_scratch_bytes() bytes
 */
export function depthwise_conv2d_backprop_input_f32(dy: usize, filter: usize, dx: usize, scratch: usize): void {
  const n = outChannels();
  const m = multiplier();
  const block = blockChannels();
  const stripRows = inRowsOfStrip();
  const plane = dyPlaneBytes();
  const row = <usize>dyColumns() * PIXEL_BYTES;
  const outPixel = <usize>n << 2;
  const inPixel = <usize>inChannels() << 2;
  const rowwise = strideHeight() == 1 && isRowwise(inWidth(), filterWidth(), strideWidth(), 1);
  const lastTap = filter + <usize>(filterHeight() * filterWidth() - 1) * outPixel;
  const strip = scratch;
  const sums = strip + dyStripBytes();
  const phases = sums + sumBytes();
  memory.fill(strip, 0, dyStripBytes());
  if (!rowwise) fillPhases(phases);
  for (let i = 0; i < batchSize(); i++) {
    for (let r = 0; r < inHeight(); r += stripRows) {
      const rows = min(stripRows, inHeight() - r);
      for (let c = 0; c < n; c += block) {
        const channels = min(block, n - c);
        const at = <usize>c << 2;
        const target = dx + <usize>(r * inWidth()) * inPixel + (<usize>(c / m) << 2);
        const y = m > 1 ? sums : target;
        fillStrip(
          dy + at, outHeight(), outWidth(), outPixel, channels, 1,
          strip, plane, dyRows(rows), dyColumns(), rowsAbove() - r / strideHeight(), columnsBefore(),
        );
        if (rowwise) {
          sumRows(
            strip, plane, row, row, lastTap + at, -outPixel, filterHeight(), ZEROS, y, sumPixelBytes(), rows, inWidth(),
            channels,
          );
        } else {
          sumPhases(phases, rows, strip, plane, filter + at, y, channels);
        }
        if (m > 1) addGroups(sums, target, rows * inWidth(), channels / m, m);
      }
    }
    dy += <usize>(outHeight() * outWidth()) * outPixel;
    dx += <usize>(inHeight() * inWidth()) * inPixel;
  }
}

/** The scratch that depthwise_conv2d_backprop_input_f32 needs for the geometry in PARAMS, in bytes. */
export function depthwise_conv2d_backprop_input_f32_scratch_bytes(): usize {
  return (
    dyStripBytes() +
    sumBytes() +
    <usize>phaseCount() * offsetof<Phase>() +
    tableBytes(inRowsOfStrip() * inWidth()) +
    tableBytes(filterHeight() * filterWidth())
  );
}

/** Rows of dx for which one strip of dy is filled: whole strides, so that phases begin at the same rows in each. */
function inRowsOfStrip(): i32 {
  const steps = (inHeight() + strideHeight() - 1) / strideHeight();
  return min(inHeight(), stepsOfStrip(steps, dyRows(strideHeight()), 1, dyColumns()) * strideHeight());
}

/** Rows of dy that a strip needs for `rows` rows of dx, and columns for all of dx's. */
function dyRows(rows: i32): i32 {
  return readers(rows, filterHeight(), strideHeight(), padTop());
}
function dyColumns(): i32 {
  return readers(inWidth(), filterWidth(), strideWidth(), padLeft());
}

/** Rows and columns of a strip before the first pixel of dy. */
function rowsAbove(): i32 {
  return (filterHeight() - 1) / strideHeight() - lastReader(padTop(), strideHeight());
}
function columnsBefore(): i32 {
  return (filterWidth() - 1) / strideWidth() - lastReader(padLeft(), strideWidth());
}

/** Along one axis: from the first output that reads element 0 to the last that reads element size - 1. */
function readers(size: i32, filter: i32, stride: i32, padding: i32): i32 {
  return lastReader(size - 1 + padding, stride) - lastReader(padding, stride) + (filter - 1) / stride + 1;
}

/** Along one axis the last output whose first tap is not behind this index of the padded input. */
function lastReader(index: i32, stride: i32): i32 {
  return (index >= 0 ? index : index - stride + 1) / stride;
}

function dyPlaneBytes(): usize {
  return planeBytes(dyRows(inRowsOfStrip()), dyColumns());
}
function dyStripBytes(): usize {
  return stripBytes(dyRows(inRowsOfStrip()), dyColumns());
}

/** With several outputs a channel, the gradients of a strip for each of them apart; otherwise dx itself. */
function sumBytes(): usize {
  return multiplier() > 1 ? <usize>(inRowsOfStrip() * inWidth()) * sumPixelBytes() : 0;
}
function sumPixelBytes(): usize {
  return multiplier() > 1 ? <usize>planeCount(blockChannels()) * PIXEL_BYTES : <usize>inChannels() << 2;
}

function phaseCount(): i32 {
  return min(strideHeight(), inHeight()) * min(strideWidth(), inWidth());
}

/** The list of phases, and behind it their places and terms. */
function fillPhases(phases: usize): void {
  const rows = inRowsOfStrip();
  const row = <usize>dyColumns() * PIXEL_BYTES;
  const inPixel = sumPixelBytes();
  const inRow = <usize>inWidth() * inPixel;
  const tap = <usize>outChannels() << 2;
  let phase = phases;
  let places = phases + <usize>phaseCount() * offsetof<Phase>();
  let terms = places + tableBytes(rows * inWidth());
  for (let r = 0; r < min(strideHeight(), inHeight()); r++) {
    const readerRow = lastReader(r + padTop(), strideHeight());
    const tapRow = r + padTop() - readerRow * strideHeight();
    for (let c = 0; c < min(strideWidth(), inWidth()); c++) {
      const readerColumn = lastReader(c + padLeft(), strideWidth());
      const tapColumn = c + padLeft() - readerColumn * strideWidth();
      const p = changetype<Phase>(phase);
      p.firstRow = r;
      p.columns = countFrom(c, inWidth(), strideWidth());
      p.places = places;
      p.terms = terms;
      places = fillTable(
        places, countFrom(r, rows, strideHeight()), p.columns,
        <usize>(readerRow + rowsAbove()) * row + <usize>(readerColumn + columnsBefore()) * PIXEL_BYTES,
        row, PIXEL_BYTES,
        <usize>r * inRow + <usize>c * inPixel, inRow * strideHeight(), inPixel * strideWidth(),
      );
      // The next tap of a phase is a stride further on, and read one pixel of dy before.
      terms = fillTable(
        terms, countFrom(tapRow, filterHeight(), strideHeight()), countFrom(tapColumn, filterWidth(), strideWidth()),
        0, -row, -PIXEL_BYTES,
        <usize>(tapRow * filterWidth() + tapColumn) * tap, tap * filterWidth() * strideHeight(), tap * strideWidth(),
      );
      toTerms(p.terms, terms);
      p.termCount = <i32>((terms - p.terms) >> 3);
      phase += offsetof<Phase>();
    }
  }
}

/** How many of first, first + step, ... are less than end. */
function countFrom(first: i32, end: i32, step: i32): i32 {
  return first < end ? (end - first - 1) / step + 1 : 0;
}

/** The gradients of `rows` rows of dx for the channels of a block. */
function sumPhases(phases: usize, rows: i32, strip: usize, plane: usize, filter: usize, y: usize, channels: i32): void {
  for (let i = phaseCount(); i > 0; i--) {
    const phase = changetype<Phase>(phases);
    const count = countFrom(phase.firstRow, rows, strideHeight()) * phase.columns;
    sumPlaces(phase.places, count, phase.terms, phase.termCount, strip, plane, filter, ZEROS, y, channels);
    phases += offsetof<Phase>();
  }
}

/** dx[p][c] = the sum of the m values of channel c, for `count` pixels. */
function addGroups(sums: usize, dx: usize, count: i32, channels: i32, m: i32): void {
  const pixelBytes = <usize>inChannels() << 2;
  while (count > 0) {
    let p = sums;
    let q = dx;
    for (let c = channels; c > 0; c--) {
      let sum: f32 = 0;
      for (let k = m; k > 0; k--) {
        sum += load<f32>(p);
        p += 4;
      }
      store<f32>(q, sum);
      q += 4;
    }
    sums += sumPixelBytes();
    dx += pixelBytes;
    count--;
  }
}
