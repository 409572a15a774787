/**
 * The 3D convolution and its gradients, NDHWC and DHWIO, as products over the patches of a block of output pixels; the
 * filter is stored as the K x N matrix that they want. For the geometry in PARAMS, all sizes of which are >= 1. Padding
 * is multiplied like all else, as zeros: a NaN or infinity of the other factor gives NaN there, as it does in 2D.
 */

import {copyFloats} from '../conv/source';
import {gemmBlock, Order} from '../gemm/block';
import {B_STEP, packB, packBTransposed} from '../gemm/pack';
import {ZEROS} from '../memory';
import {CONV3D_PATCH_FLOATS, KC, MC, NR} from '../tuning';
import {Geometry3D} from './geometry';
import {addPatches, fillPatches, patchPitch} from './patches';

/**
 * y = x * filter, float32.
 *
 * scratch  conv3d_f32_scratch_bytes() bytes
 *
 * y may not overlap the inputs. The sum of a pixel runs over filter planes, rows, columns, channels in this order.
 */
export function conv3d_f32(x: usize, filter: usize, y: usize, geometry: usize, scratch: usize): void {
  const g = changetype<Geometry3D>(geometry);
  const k = g.patchSize();
  const n = g.outChannels;
  const ldc = (<usize>n) << 2;
  const pitch = (<usize>patchPitch(g)) << 2;
  const patches = scratch + <usize>k * panelBytes(n);
  packB(filter, ldc, k, n, scratch);
  for (let first = 0; first < g.outPixels(); first += blockPixels(g)) {
    const m = min(blockPixels(g), g.outPixels() - first);
    fillPatches(g, x, first, m, patches);
    for (let p = 0; p < k; p += KC) {
      const a = patches + ((<usize>p) << 2);
      const b = scratch + <usize>p * B_STEP;
      const start = p > 0 ? y : ZEROS;
      const ldStart = p > 0 ? ldc : 0;
      gemmBlock(Order.Rows, a, pitch, pitch, b, B_STEP * k, B_STEP, min(KC, k - p), start, ldStart, y, ldc, m, n);
    }
    y += ldc * m;
  }
}

/** The scratch that conv3d_f32 needs, in bytes. */
export function conv3d_f32_scratch_bytes(geometry: usize): usize {
  const g = changetype<Geometry3D>(geometry);
  return <usize>g.patchSize() * panelBytes(g.outChannels) + patchBytes(g);
}

/**
 * dw = the gradient of the filter, DHWIO: (patches of x) transposed times dy; dilations are 1.
 *
 * scratch  conv3d_backprop_filter_f32_scratch_bytes() bytes
 *
 * Pixels are summed in their order.
 */
export function conv3d_backprop_filter_f32(x: usize, dy: usize, dw: usize, geometry: usize, scratch: usize): void {
  const g = changetype<Geometry3D>(geometry);
  const k = g.patchSize();
  const n = g.outChannels;
  const ldy = (<usize>n) << 2;
  const pitch = (<usize>patchPitch(g)) << 2;
  // Sums are kept in rows of whole vectors, so that no tile needs its columns cut for each block anew.
  const ldSum = panelBytes(n);
  const columns = <i32>(ldSum >> 2);
  const patches = scratch + <usize>k * ldSum;
  memory.fill(scratch, 0, <usize>k * ldSum);
  for (let first = 0; first < g.outPixels(); first += blockPixels(g)) {
    const m = min(blockPixels(g), g.outPixels() - first);
    fillPatches(g, x, first, m, patches);
    for (let p = 0; p < k; p += KC) {
      const a = patches + ((<usize>p) << 2);
      const sums = scratch + <usize>p * ldSum;
      gemmBlock(Order.Step, a, 4, pitch, dy, B_STEP, ldy, m, sums, ldSum, sums, ldSum, min(KC, k - p), columns);
    }
    dy += ldy * m;
  }
  for (let p = 0; p < k; p++) copyFloats(scratch + <usize>p * ldSum, dw + <usize>p * ldy, n);
}

/** The scratch that conv3d_backprop_filter_f32 needs, in bytes. */
export function conv3d_backprop_filter_f32_scratch_bytes(geometry: usize): usize {
  const g = changetype<Geometry3D>(geometry);
  return <usize>g.patchSize() * panelBytes(g.outChannels) + patchBytes(g);
}

/**
 * dx = the gradient of the input: dy times the filter transposed gives those of all patches, which are added up where
 * they overlap; dilations are 1.
 *
 * scratch  conv3d_backprop_input_f32_scratch_bytes() bytes
 */
export function conv3d_backprop_input_f32(dy: usize, filter: usize, dx: usize, geometry: usize, scratch: usize): void {
  const g = changetype<Geometry3D>(geometry);
  const k = g.patchSize();
  const n = g.outChannels;
  const ldy = (<usize>n) << 2;
  const pitch = (<usize>patchPitch(g)) << 2;
  const columns = <i32>(panelBytes(k) >> 2);
  const patches = scratch + <usize>n * panelBytes(k);
  packBTransposed(filter, ldy, n, k, scratch);
  memory.fill(dx, 0, <usize>g.batchSize * g.inVolumeBytes());
  for (let first = 0; first < g.outPixels(); first += blockPixels(g)) {
    const m = min(blockPixels(g), g.outPixels() - first);
    gemmBlock(Order.Rows, dy, ldy, ldy, scratch, B_STEP * n, B_STEP, n, ZEROS, 0, patches, pitch, m, columns);
    addPatches(g, patches, first, m, dx);
    dy += ldy * m;
  }
}

/** The scratch that conv3d_backprop_input_f32 needs, in bytes. */
export function conv3d_backprop_input_f32_scratch_bytes(geometry: usize): usize {
  const g = changetype<Geometry3D>(geometry);
  return <usize>g.outChannels * panelBytes(g.patchSize()) + patchBytes(g);
}

/** Output pixels whose patches are laid out together. */
function blockPixels(g: Geometry3D): i32 {
  return max(1, CONV3D_PATCH_FLOATS / patchPitch(g) / MC) * MC;
}

function patchBytes(g: Geometry3D): usize {
  return <usize>min(blockPixels(g), g.outPixels()) * ((<usize>patchPitch(g)) << 2);
}

/** Bytes of a row of so many columns, rounded up to whole panels. */
function panelBytes(columns: i32): usize {
  return <usize>((columns + NR - 1) / NR) * B_STEP;
}
