/**
 * The depthwise 2D convolution: output channel c * m + q is input channel c convolved with its filter q < m, m being
 * the channel multiplier.
 */
import {CONV_CHUNK_PRODUCTS} from '../../threads/chunks';
import {isFirstChunk, ownPart, partBytes, partCount} from '../../threads/parts';
import {itemsOf, jobOf, parallel} from '../../threads/pool';
import {Geometry2D} from '../geometry';
import {isRowwise, sumRows} from './row';
import {
  blockChannels,
  fillStrip,
  fillTable,
  multiplier,
  PIXEL_BYTES,
  planeBytes,
  stepsOfStrip,
  stripBytes,
  sumPlaces,
  tableBytes,
  toTerms,
} from './strip';

@unmanaged
class DepthwiseJob {
  geometry: Geometry2D;
  x: usize;
  filter: usize;
  bias: usize;
  y: usize;
  rowwise: bool;
  places: usize;
  terms: usize;
  parts: usize;
  partBytes: usize;
}

/**
 * y = x * filter + bias, float32, NHWC and HWCM.
 *
 * bias      outChannels floats, or 0
 * geometry  a Geometry2DWords; paddings may be negative
 * scratch   depthwise_conv2d_f32_scratch_bytes() bytes
 *
 * y may not overlap the inputs. A pixel is summed over filter rows and columns in this order. Padding is multiplied as
 * zeros: an infinity in the filter gives NaN there.
 */
export function depthwise_conv2d_f32(
  x: usize,
  filter: usize,
  bias: usize,
  y: usize,
  geometry: usize,
  scratch: usize,
): void {
  const g = changetype<Geometry2D>(geometry);
  const job = jobOf<DepthwiseJob>();
  job.geometry = g;
  job.x = x;
  job.filter = filter;
  job.bias = bias;
  job.y = y;
  job.rowwise = isRowwise(g.outWidth, g.filterWidth, g.strideWidth, g.dilationWidth);
  job.places = scratch;
  job.terms = job.places + tableBytes(outRowsOfStrip(g) * g.outWidth);
  job.parts = job.terms + tableBytes(g.filterHeight * g.filterWidth);
  job.partBytes = <usize>partBytes(<f64>inputStripBytes(g));
  const outPixel = (<usize>g.outChannels) << 2;
  if (!job.rowwise) {
    fillPixels(g, job.places, outRowsOfStrip(g), outPixel);
    toTerms(job.terms, fillTaps(g, job.terms, outPixel));
  }
  const ofImage = <f64>g.outPixels() * <f64>(g.filterHeight * g.filterWidth) * <f64>g.outChannels;
  parallel(convolveImages.index, g.batchSize, itemsOf(CONV_CHUNK_PRODUCTS, ofImage), partsOf(g));
}

function convolveImages(first: i32, end: i32): void {
  const job = jobOf<DepthwiseJob>();
  const g = job.geometry;
  const n = g.outChannels;
  const m = multiplier(g);
  const block = blockChannels(g);
  const stripRows = outRowsOfStrip(g);
  const plane = inputPlaneBytes(g);
  const taps = g.filterHeight * g.filterWidth;
  const outPixel = (<usize>n) << 2;
  const strip = ownPart(job.parts, job.partBytes);
  if (isFirstChunk()) memory.fill(strip, 0, inputStripBytes(g));
  for (let i = first; i < end; i++) {
    const x = job.x + ((<usize>i * <usize>(g.inHeight * g.inWidth * g.inChannels)) << 2);
    const y = job.y + <usize>i * (<usize>g.outPixels() * outPixel);
    for (let r = 0; r < g.outHeight; r += stripRows) {
      const rows = min(stripRows, g.outHeight - r);
      for (let c = 0; c < n; c += block) {
        const channels = min(block, n - c);
        const at = (<usize>c) << 2;
        const start = job.bias ? job.bias + at : 0;
        const filter = job.filter + at;
        const target = y + <usize>(r * g.outWidth) * outPixel + at;
        fillInputStrip(g, x + ((<usize>(c / m)) << 2), strip, r, rows, channels);
        if (job.rowwise) {
          sumRows(
            strip,
            plane,
            inputRowBytes(g) * g.strideHeight,
            inputRowBytes(g) * g.dilationHeight,
            filter,
            outPixel,
            g.filterHeight,
            start,
            target,
            outPixel,
            rows,
            g.outWidth,
            channels,
          );
        } else {
          sumPlaces(job.places, rows * g.outWidth, job.terms, taps, strip, plane, filter, start, target, channels);
        }
      }
    }
  }
}

/** The scratch that depthwise_conv2d_f32 needs, in bytes. */
export function depthwise_conv2d_f32_scratch_bytes(geometry: usize): f64 {
  const g = changetype<Geometry2D>(geometry);
  const tables = tableBytes(outRowsOfStrip(g) * g.outWidth) + tableBytes(g.filterHeight * g.filterWidth);
  return <f64>tables + <f64>partsOf(g) * partBytes(<f64>inputStripBytes(g));
}

function partsOf(g: Geometry2D): i32 {
  return partCount(g.batchSize, partBytes(<f64>inputStripBytes(g)));
}

/** Output rows that one strip serves. */
export function outRowsOfStrip(g: Geometry2D): i32 {
  return stepsOfStrip(g, g.outHeight, inRowsOfStrip(g, 1), g.strideHeight, g.paddedWidth());
}

/** Rows of a strip that `outRows` output rows read. */
function inRowsOfStrip(g: Geometry2D, outRows: i32): i32 {
  return (outRows - 1) * g.strideHeight + (g.filterHeight - 1) * g.dilationHeight + 1;
}

/** Bytes of a row, of a plane and of all of a strip of the input. */
export function inputRowBytes(g: Geometry2D): usize {
  return <usize>g.paddedWidth() * PIXEL_BYTES;
}
export function inputPlaneBytes(g: Geometry2D): usize {
  return planeBytes(inRowsOfStrip(g, outRowsOfStrip(g)), g.paddedWidth());
}
export function inputStripBytes(g: Geometry2D): usize {
  return stripBytes(g, inRowsOfStrip(g, outRowsOfStrip(g)), g.paddedWidth());
}

/**
 * Fills the strip with what `rows` output rows from row r on read of one image; x is the block's first channel in it.
 */
export function fillInputStrip(g: Geometry2D, x: usize, strip: usize, r: i32, rows: i32, channels: i32): void {
  fillStrip(
    g,
    x,
    g.inHeight,
    g.inWidth,
    (<usize>g.inChannels) << 2,
    channels,
    multiplier(g),
    strip,
    inputPlaneBytes(g),
    inRowsOfStrip(g, rows),
    g.paddedWidth(),
    g.padTop - r * g.strideHeight,
    g.padLeft,
  );
}

/**
 * Fills the places of `rows` rows of output pixels: where each reads in the strip, and where it is in the output.
 * Returns the table's end.
 */
export function fillPixels(g: Geometry2D, table: usize, rows: i32, outPixel: usize): usize {
  return fillTable(
    table,
    rows,
    g.outWidth,
    0,
    inputRowBytes(g) * g.strideHeight,
    PIXEL_BYTES * g.strideWidth,
    0,
    outPixel * g.outWidth,
    outPixel,
  );
}

/**
 * Fills a table of the filter's taps: the distance of what each reads from what the first reads, and where it is in the
 * filter. Returns the table's end.
 */
export function fillTaps(g: Geometry2D, table: usize, tapBytes: usize): usize {
  return fillTable(
    table,
    g.filterHeight,
    g.filterWidth,
    0,
    inputRowBytes(g) * g.dilationHeight,
    PIXEL_BYTES * g.dilationWidth,
    0,
    tapBytes * g.filterWidth,
    tapBytes,
  );
}
