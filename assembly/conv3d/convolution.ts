/**
 * The 3D convolution and its gradients, NDHWC and DHWIO, as GEMMs over copied patches (im2col) of a block of output
 * pixels; DHWIO stores the filter as the K x N matrix that is needed. Padding is multiplied as zeros: a NaN or infinity
 * of the other factor gives NaN there, as in 2D.
 */

import {copyFloats} from '../conv/source';
import {gemmBlock, Order} from '../gemm/block';
import {B_STEP, packB, packBTransposed, panelRowBytes} from '../gemm/pack';
import {ZEROS} from '../memory';
import {CONV3D_PATCH_FLOATS, KC, MC} from '../tuning';
import {Geometry3D} from './geometry';
import {addPatches, fillPatches, patchPitch} from './patches';

/**
 * y = x * filter, float32; * is the cross-correlation.
 *
 * geometry  a Geometry3DWords
 * scratch   conv3d_f32_scratch_bytes() bytes
 *
 * y may not overlap the inputs. A pixel is summed over filter planes, rows, columns and channels in this order.
 */
export function conv3d_f32(x: usize, filter: usize, y: usize, geometry: usize, scratch: usize): void {
  const g = changetype<Geometry3D>(geometry);
  const k = g.patchSize();
  const n = g.outChannels;
  const ldc = (<usize>n) << 2;
  const pitch = (<usize>patchPitch(g)) << 2;
  const patches = scratch + <usize>k * panelRowBytes(n);
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
export function conv3d_f32_scratch_bytes(geometry: usize): f64 {
  const g = changetype<Geometry3D>(geometry);
  return <f64>g.patchSize() * <f64>panelRowBytes(g.outChannels) + patchBytes(g);
}

/**
 * dw = the gradient of the filter, DHWIO: the patches of x transposed times dy; dilations are 1.
 *
 * geometry  a Geometry3DWords, of the forward convolution
 * scratch   conv3d_backprop_filter_f32_scratch_bytes() bytes
 *
 * Pixels are summed in their order.
 */
export function conv3d_backprop_filter_f32(x: usize, dy: usize, dw: usize, geometry: usize, scratch: usize): void {
  const g = changetype<Geometry3D>(geometry);
  const k = g.patchSize();
  const n = g.outChannels;
  const ldy = (<usize>n) << 2;
  const pitch = (<usize>patchPitch(g)) << 2;
  // Rows of the sums are whole panels, so that no tile of any block needs partial stores.
  const ldSum = panelRowBytes(n);
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
export function conv3d_backprop_filter_f32_scratch_bytes(geometry: usize): f64 {
  const g = changetype<Geometry3D>(geometry);
  return <f64>g.patchSize() * <f64>panelRowBytes(g.outChannels) + patchBytes(g);
}

/**
 * dx = the gradient of the input: dy times the filter transposed gives the gradients of all patches, which are added
 * where they overlap (col2im); dilations are 1. dx may not overlap dy or the filter.
 *
 * geometry  a Geometry3DWords, of the forward convolution
 * scratch   conv3d_backprop_input_f32_scratch_bytes() bytes
 */
export function conv3d_backprop_input_f32(dy: usize, filter: usize, dx: usize, geometry: usize, scratch: usize): void {
  const g = changetype<Geometry3D>(geometry);
  const k = g.patchSize();
  const n = g.outChannels;
  const ldy = (<usize>n) << 2;
  const pitch = (<usize>patchPitch(g)) << 2;
  const columns = <i32>(panelRowBytes(k) >> 2);
  const patches = scratch + <usize>n * panelRowBytes(k);
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
export function conv3d_backprop_input_f32_scratch_bytes(geometry: usize): f64 {
  const g = changetype<Geometry3D>(geometry);
  return <f64>g.outChannels * <f64>panelRowBytes(g.patchSize()) + patchBytes(g);
}

/** Output pixels of a block: those whose patches are copied together, a multiple of MC. */
function blockPixels(g: Geometry3D): i32 {
  return max(1, CONV3D_PATCH_FLOATS / patchPitch(g) / MC) * MC;
}

function patchBytes(g: Geometry3D): f64 {
  return 4 * <f64>min(blockPixels(g), g.outPixels()) * <f64>patchPitch(g);
}
