/**
 * The gradient of a depthwise 2D convolution with respect to its input: for each input pixel the sum over the taps that
 * read it, by phases of the strides (phases.ts) or by rows (row.ts). Dilations are 1.
 */
import {ZEROS} from '../../memory';
import {CONV_CHUNK_PRODUCTS} from '../../threads/chunks';
import {isFirstChunk, ownPart, partBytes, partCount} from '../../threads/parts';
import {itemsOf, jobOf, parallel} from '../../threads/pool';
import {Geometry2D} from '../geometry';
import {
  columnsBefore,
  dyColumns,
  dyPlaneBytes,
  dyRows,
  dyStripBytes,
  inRowsOfStrip,
  rowsAbove,
  sumBytes,
  sumPixelBytes,
} from './dy_strip';
import {fillPhases, phaseBytes, sumPhases} from './phases';
import {isRowwise, sumRows} from './row';
import {blockChannels, fillStrip, multiplier, PIXEL_BYTES} from './strip';

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

/** Bytes of what each thread has: a strip, and its sums. */
function ownBytes(g: Geometry2D): f64 {
  return partBytes(<f64>dyStripBytes(g) + <f64>sumBytes(g));
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
