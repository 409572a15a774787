/**
 * The gradient of a depthwise 2D convolution with respect to its input: for each input pixel the sum over the taps that
 * read it. Input pixels whose positions are equal modulo the strides are read by the same taps: they make a phase, and
 * the pixels and taps of a phase are tabulated once. Dilations are 1.
 */
import {ZEROS} from '../../memory';
import {CONV_CHUNK_PRODUCTS} from '../../threads/chunks';
import {isFirstChunk, itemsOf, jobOf, ownPart, parallel, partBytes, partCount} from '../../threads/pool';
import {Geometry2D} from '../geometry';
import {isRowwise, sumRows} from './row';
import {
  blockChannels,
  fillStrip,
  fillTable,
  multiplier,
  PIXEL_BYTES,
  planeBytes,
  planeCount,
  stepsOfStrip,
  stripBytes,
  sumPlaces,
  tableBytes,
  toTerms,
} from './strip';

/**
 * The pixels of a phase in a strip, from row `firstRow` on, strideHeight rows apart, `columns` in each (places), and
 * the taps that read them (terms).
 */
@unmanaged
class Phase {
  firstRow: i32;
  columns: i32;
  places: usize;
  terms: usize;
  termCount: i32;
}

@unmanaged
class DepthwiseInputJob {
  geometry: Geometry2D;
  dy: usize;
  filter: usize;
  dx: usize;
  rowwise: bool;
  phases: usize;
  parts: usize;
  partBytes: usize;
}

/**
 * dx = the gradient of the input, NHWC float32; dy NHWC, filter HWCM. dx may not overlap dy or the filter.
 *
 * geometry  a Geometry2DWords, of the forward convolution; paddings may be negative
 * scratch   depthwise_conv2d_backprop_input_f32_scratch_bytes() bytes
 */
export function depthwise_conv2d_backprop_input_f32(
  dy: usize,
  filter: usize,
  dx: usize,
  geometry: usize,
  scratch: usize,
): void {
  const g = changetype<Geometry2D>(geometry);
  const job = jobOf<DepthwiseInputJob>();
  job.geometry = g;
  job.dy = dy;
  job.filter = filter;
  job.dx = dx;
  job.rowwise = g.strideHeight == 1 && isRowwise(g.inWidth, g.filterWidth, g.strideWidth, 1);
  job.phases = scratch;
  job.parts = scratch + <usize>phaseBytes(g);
  job.partBytes = <usize>ownBytes(g);
  if (!job.rowwise) fillPhases(g, job.phases);
  const ofImage = <f64>g.outPixels() * <f64>(g.filterHeight * g.filterWidth) * <f64>g.outChannels;
  const parts = partCount(g.batchSize, ownBytes(g));
  parallel(backpropImages.index, g.batchSize, itemsOf(CONV_CHUNK_PRODUCTS, ofImage), parts);
}

function backpropImages(first: i32, end: i32): void {
  const job = jobOf<DepthwiseInputJob>();
  const g = job.geometry;
  const n = g.outChannels;
  const m = multiplier(g);
  const block = blockChannels(g);
  const stripRows = inRowsOfStrip(g);
  const plane = dyPlaneBytes(g);
  const row = <usize>dyColumns(g) * PIXEL_BYTES;
  const outPixel = (<usize>n) << 2;
  const inPixel = (<usize>g.inChannels) << 2;
  const lastTap = job.filter + <usize>(g.filterHeight * g.filterWidth - 1) * outPixel;
  const strip = ownPart(job.parts, job.partBytes);
  const sums = strip + dyStripBytes(g);
  if (isFirstChunk()) memory.fill(strip, 0, dyStripBytes(g));
  for (let i = first; i < end; i++) {
    const dy = job.dy + <usize>i * (<usize>g.outPixels() * outPixel);
    const dx = job.dx + <usize>i * (<usize>(g.inHeight * g.inWidth) * inPixel);
    for (let r = 0; r < g.inHeight; r += stripRows) {
      const rows = min(stripRows, g.inHeight - r);
      for (let c = 0; c < n; c += block) {
        const channels = min(block, n - c);
        const at = (<usize>c) << 2;
        const target = dx + <usize>(r * g.inWidth) * inPixel + ((<usize>(c / m)) << 2);
        const y = m > 1 ? sums : target;
        fillStrip(
          g,
          dy + at,
          g.outHeight,
          g.outWidth,
          outPixel,
          channels,
          1,
          strip,
          plane,
          dyRows(g, rows),
          dyColumns(g),
          rowsAbove(g) - r / g.strideHeight,
          columnsBefore(g),
        );
        if (job.rowwise) {
          sumRows(
            strip,
            plane,
            row,
            row,
            lastTap + at,
            -outPixel,
            g.filterHeight,
            ZEROS,
            y,
            sumPixelBytes(g),
            rows,
            g.inWidth,
            channels,
          );
        } else {
          sumPhases(g, job.phases, rows, strip, plane, job.filter + at, y, channels);
        }
        if (m > 1) addGroups(g, sums, target, rows * g.inWidth, channels / m, m);
      }
    }
  }
}

/** The scratch that depthwise_conv2d_backprop_input_f32 needs, in bytes. */
export function depthwise_conv2d_backprop_input_f32_scratch_bytes(geometry: usize): f64 {
  const g = changetype<Geometry2D>(geometry);
  return phaseBytes(g) + <f64>partCount(g.batchSize, ownBytes(g)) * ownBytes(g);
}

/** Bytes of the list of phases with their places and terms. */
function phaseBytes(g: Geometry2D): f64 {
  return (
    <f64>phaseCount(g) * offsetof<Phase>() +
    <f64>tableBytes(inRowsOfStrip(g) * g.inWidth) +
    <f64>tableBytes(g.filterHeight * g.filterWidth)
  );
}

/** Bytes of what each thread has: a strip, and its sums. */
function ownBytes(g: Geometry2D): f64 {
  return partBytes(<f64>dyStripBytes(g) + <f64>sumBytes(g));
}

/** Rows of dx that one strip of dy serves: whole strides, so that phases begin at the same rows in each strip. */
function inRowsOfStrip(g: Geometry2D): i32 {
  const steps = (g.inHeight + g.strideHeight - 1) / g.strideHeight;
  return min(g.inHeight, stepsOfStrip(g, steps, dyRows(g, g.strideHeight), 1, dyColumns(g)) * g.strideHeight);
}

/** Rows of dy that a strip needs for `rows` rows of dx, and columns for whole rows of dx. */
function dyRows(g: Geometry2D, rows: i32): i32 {
  return readers(rows, g.filterHeight, g.strideHeight, g.padTop);
}
function dyColumns(g: Geometry2D): i32 {
  return readers(g.inWidth, g.filterWidth, g.strideWidth, g.padLeft);
}

/** Rows and columns of a strip before the first pixel of dy. */
function rowsAbove(g: Geometry2D): i32 {
  return (g.filterHeight - 1) / g.strideHeight - lastReader(g.padTop, g.strideHeight);
}
function columnsBefore(g: Geometry2D): i32 {
  return (g.filterWidth - 1) / g.strideWidth - lastReader(g.padLeft, g.strideWidth);
}

/**
 * Along one axis, the number of outputs from the first that reads element 0 to the last that reads element size - 1.
 */
function readers(size: i32, filter: i32, stride: i32, padding: i32): i32 {
  return lastReader(size - 1 + padding, stride) - lastReader(padding, stride) + (filter - 1) / stride + 1;
}

/** Along one axis, the last output whose first tap is at or before this index of the padded input. */
function lastReader(index: i32, stride: i32): i32 {
  return (index >= 0 ? index : index - stride + 1) / stride;
}

function dyPlaneBytes(g: Geometry2D): usize {
  return planeBytes(dyRows(g, inRowsOfStrip(g)), dyColumns(g));
}
function dyStripBytes(g: Geometry2D): usize {
  return stripBytes(g, dyRows(g, inRowsOfStrip(g)), dyColumns(g));
}

/**
 * With a channel multiplier > 1 the sums of a strip for each output channel; otherwise none, and sums go to dx itself.
 */
function sumBytes(g: Geometry2D): usize {
  return multiplier(g) > 1 ? <usize>(inRowsOfStrip(g) * g.inWidth) * sumPixelBytes(g) : 0;
}
function sumPixelBytes(g: Geometry2D): usize {
  return multiplier(g) > 1 ? <usize>planeCount(blockChannels(g)) * PIXEL_BYTES : (<usize>g.inChannels) << 2;
}

function phaseCount(g: Geometry2D): i32 {
  return min(g.strideHeight, g.inHeight) * min(g.strideWidth, g.inWidth);
}

/** Fills the list of phases, and after it their places and terms. */
function fillPhases(g: Geometry2D, phases: usize): void {
  const rows = inRowsOfStrip(g);
  const row = <usize>dyColumns(g) * PIXEL_BYTES;
  const inPixel = sumPixelBytes(g);
  const inRow = <usize>g.inWidth * inPixel;
  const tap = (<usize>g.outChannels) << 2;
  let phase = phases;
  let places = phases + <usize>phaseCount(g) * offsetof<Phase>();
  let terms = places + tableBytes(rows * g.inWidth);
  for (let r = 0; r < min(g.strideHeight, g.inHeight); r++) {
    const readerRow = lastReader(r + g.padTop, g.strideHeight);
    const tapRow = r + g.padTop - readerRow * g.strideHeight;
    for (let c = 0; c < min(g.strideWidth, g.inWidth); c++) {
      const readerColumn = lastReader(c + g.padLeft, g.strideWidth);
      const tapColumn = c + g.padLeft - readerColumn * g.strideWidth;
      const p = changetype<Phase>(phase);
      p.firstRow = r;
      p.columns = countFrom(c, g.inWidth, g.strideWidth);
      p.places = places;
      p.terms = terms;
      places = fillTable(
        places,
        countFrom(r, rows, g.strideHeight),
        p.columns,
        <usize>(readerRow + rowsAbove(g)) * row + <usize>(readerColumn + columnsBefore(g)) * PIXEL_BYTES,
        row,
        PIXEL_BYTES,
        <usize>r * inRow + <usize>c * inPixel,
        inRow * g.strideHeight,
        inPixel * g.strideWidth,
      );
      // The next tap of a phase is one stride further in the filter, and reads one pixel of dy before.
      terms = fillTable(
        terms,
        countFrom(tapRow, g.filterHeight, g.strideHeight),
        countFrom(tapColumn, g.filterWidth, g.strideWidth),
        0,
        -row,
        -PIXEL_BYTES,
        <usize>(tapRow * g.filterWidth + tapColumn) * tap,
        tap * g.filterWidth * g.strideHeight,
        tap * g.strideWidth,
      );
      toTerms(p.terms, terms);
      p.termCount = <i32>((terms - p.terms) >> 3);
      phase += offsetof<Phase>();
    }
  }
}

/** How many of first, first + step, ... are less than `end`. */
function countFrom(first: i32, end: i32, step: i32): i32 {
  return first < end ? (end - first - 1) / step + 1 : 0;
}

/** The gradients of `rows` rows of dx for the channels of a block. */
function sumPhases(
  g: Geometry2D,
  phases: usize,
  rows: i32,
  strip: usize,
  plane: usize,
  filter: usize,
  y: usize,
  channels: i32,
): void {
  for (let i = phaseCount(g); i > 0; i--) {
    const phase = changetype<Phase>(phases);
    const count = countFrom(phase.firstRow, rows, g.strideHeight) * phase.columns;
    sumPlaces(phase.places, count, phase.terms, phase.termCount, strip, plane, filter, ZEROS, y, channels);
    phases += offsetof<Phase>();
  }
}

/** dx[p][c] = the sum of the m values of channel c, for `count` pixels. */
function addGroups(g: Geometry2D, sums: usize, dx: usize, count: i32, channels: i32, m: i32): void {
  const pixelBytes = (<usize>g.inChannels) << 2;
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
    sums += sumPixelBytes(g);
    dx += pixelBytes;
    count--;
  }
}
