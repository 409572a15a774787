/**
 * The gradient of a 2D convolution with respect to its input. With strides of 1 it is a convolution of dy with the
 * filter rotated by 180 degrees and its channels swapped, with larger strides one such convolution for each phase of
 * the strides (phases.ts). Where those would waste work, the gradients of all patches are computed and added where they
 * overlap (col2im), or images are interleaved (backprop_images.ts). Dilations are 1, as tfjs has no gradient for
 * others.
 */
import {Conv2DBackpropInputPath} from '../abi';
import {gemmBlock, Order} from '../gemm/block';
import {B_STEP, packBTransposed, panelRowBytes} from '../gemm/pack';
import {ZEROS} from '../memory';
import {CONV_CHUNK_PRODUCTS, COPY_CHUNK_FLOATS} from '../threads/chunks';
import {ownPart, partBytes, partCount} from '../threads/parts';
import {itemsOf, jobOf, parallel} from '../threads/pool';
import {backpropByImages, backpropByImagesBytes} from './backprop_images';
import {convolve, convolveBytes} from './forward';
import {deriveGeometry, Geometry2D} from './geometry';
import {backpropInputPath} from './path';
import {backpropByPhases, phasesBytes} from './phases';
import {addPatches, fillPixelOffsets, paddedBytes, unpadImage} from './source';
import {isTransposed, winogradBackpropInput, winogradBackpropInputBytes} from './winograd/backprop_input';

/**
 * dx = the gradient of the input, NHWC float32; dy NHWC, filter HWIO. dx may not overlap dy or the filter.
 *
 * geometry  a Geometry2DWords, of the forward convolution, paddings >= 0
 * scratch   conv2d_backprop_input_f32_scratch_bytes() bytes
 */
export function conv2d_backprop_input_f32(dy: usize, filter: usize, dx: usize, geometry: usize, scratch: usize): void {
  const g = changetype<Geometry2D>(geometry);
  const path = backpropInputPath(g);
  if (path == Conv2DBackpropInputPath.rotated) {
    rotateFilter(g, filter, scratch);
    if (isTransposed(g)) {
      winogradBackpropInput(g, dy, scratch, dx, scratch + g.filterBytes());
      return;
    }
    convolve(rotatedGeometry(g), dy, scratch, 0, dx, false, scratch + g.filterBytes());
  } else if (path == Conv2DBackpropInputPath.phases) {
    backpropByPhases(g, dy, filter, dx, scratch);
  } else if (path == Conv2DBackpropInputPath.images) {
    backpropByImages(g, dy, filter, dx, scratch);
  } else {
    addUpPatches(g, dy, filter, dx, scratch);
  }
}

/** The scratch that conv2d_backprop_input_f32 needs, in bytes. */
export function conv2d_backprop_input_f32_scratch_bytes(geometry: usize): f64 {
  const g = changetype<Geometry2D>(geometry);
  const path = backpropInputPath(g);
  if (path == Conv2DBackpropInputPath.rotated) {
    const own = <f64>g.filterBytes();
    if (isTransposed(g)) return own + winogradBackpropInputBytes(g);
    return own + convolveBytes(rotatedGeometry(g));
  }
  if (path == Conv2DBackpropInputPath.phases) return phasesBytes(g);
  if (path == Conv2DBackpropInputPath.images) return backpropByImagesBytes(g);
  return packedFilterBytes(g) + 4 * <f64>g.outPixels() + <f64>partCount(g.batchSize, ownBytes(g)) * ownBytes(g);
}

/** The geometry of the convolution of dy with the rotated filter. */
function rotatedGeometry(g: Geometry2D): Geometry2D {
  const rotated = deriveGeometry(g);
  rotated.inHeight = g.outHeight;
  rotated.inWidth = g.outWidth;
  rotated.inChannels = g.outChannels;
  rotated.outHeight = g.inHeight;
  rotated.outWidth = g.inWidth;
  rotated.outChannels = g.inChannels;
  rotated.padTop = g.filterHeight - 1 - g.padTop;
  rotated.padLeft = g.filterWidth - 1 - g.padLeft;
  return rotated;
}

@unmanaged
class RotationJob {
  geometry: Geometry2D;
  filter: usize;
  rotated: usize;
}

/** rotated[y][x][o][i] = filter[H - 1 - y][W - 1 - x][i][o]. */
function rotateFilter(g: Geometry2D, filter: usize, rotated: usize): void {
  const job = jobOf<RotationJob>();
  job.geometry = g;
  job.filter = filter;
  job.rotated = rotated;
  const taps = g.filterHeight * g.filterWidth;
  parallel(rotateTaps.index, taps, itemsOf(COPY_CHUNK_FLOATS, <f64>g.inChannels * <f64>g.outChannels));
}

function rotateTaps(first: i32, end: i32): void {
  const job = jobOf<RotationJob>();
  const g = job.geometry;
  const ins = g.inChannels;
  const outs = g.outChannels;
  const tapBytes = (<usize>(ins * outs)) << 2;
  const last = job.filter + <usize>(g.filterHeight * g.filterWidth - 1) * tapBytes;
  let rotated = job.rotated + <usize>first * tapBytes;
  for (let t = first; t < end; t++) {
    const tap = last - <usize>t * tapBytes;
    for (let o = 0; o < outs; o++) {
      let from = tap + ((<usize>o) << 2);
      for (let i = 0; i < ins; i++) {
        store<u32>(rotated, load<u32>(from));
        rotated += 4;
        from += (<usize>outs) << 2;
      }
    }
  }
}

@unmanaged
class PatchesJob {
  geometry: Geometry2D;
  dy: usize;
  packed: usize;
  pixels: usize;
  dx: usize;
  parts: usize;
  partBytes: usize;
}

/**
 * col2im, image by image: patches = dy times the filter transposed; then each is added to the pixels that it was read
 * from.
 */
function addUpPatches(g: Geometry2D, dy: usize, filter: usize, dx: usize, scratch: usize): void {
  const job = jobOf<PatchesJob>();
  job.geometry = g;
  job.dy = dy;
  job.packed = scratch;
  job.pixels = scratch + <usize>packedFilterBytes(g);
  job.dx = dx;
  job.parts = job.pixels + ((<usize>g.outPixels()) << 2);
  job.partBytes = <usize>ownBytes(g);
  packBTransposed(filter, (<usize>g.outChannels) << 2, g.outChannels, g.patchSize(), scratch);
  fillPixelOffsets(g, job.pixels, 1);
  const ofImage = <f64>g.outPixels() * <f64>g.patchSize() * <f64>g.outChannels;
  const parts = partCount(g.batchSize, ownBytes(g));
  parallel(addUpImages.index, g.batchSize, itemsOf(CONV_CHUNK_PRODUCTS, ofImage), parts);
}

/** Bytes of what each thread has: the patches of an image, and one with its padding. */
function ownBytes(g: Geometry2D): f64 {
  return partBytes(4 * <f64>g.outPixels() * <f64>g.patchSize() + paddedBytes(g, 1));
}

function addUpImages(first: i32, end: i32): void {
  const job = jobOf<PatchesJob>();
  const g = job.geometry;
  const k = g.outChannels;
  const n = g.patchSize();
  const ldc = (<usize>n) << 2;
  const imageBytes = (<usize>(g.inHeight * g.inWidth * g.inChannels)) << 2;
  const patches = ownPart(job.parts, job.partBytes);
  const buffer = patches + <usize>g.outPixels() * ldc;
  const padded = g.needsPadding();
  for (let i = first; i < end; i++) {
    const dy = job.dy + ((<usize>(i * k * g.outPixels())) << 2);
    const dx = job.dx + <usize>i * imageBytes;
    memory.fill(dx, 0, imageBytes);
    gemmBlock(
      Order.Rows,
      dy,
      (<usize>k) << 2,
      (<usize>k) << 2,
      job.packed,
      B_STEP * k,
      B_STEP,
      k,
      ZEROS,
      0,
      patches,
      ldc,
      g.outPixels(),
      n,
    );
    if (padded) {
      memory.fill(buffer, 0, g.sourceImageBytes());
      addPatches(g, patches, job.pixels, g.outPixels(), buffer);
      unpadImage(g, buffer, dx);
    } else {
      addPatches(g, patches, job.pixels, g.outPixels(), dx);
    }
  }
}

function packedFilterBytes(g: Geometry2D): f64 {
  return <f64>g.outChannels * <f64>panelRowBytes(g.patchSize());
}
