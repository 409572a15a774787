/**
 * The gradient of a 2D convolution with respect to its input. With strides of 1 it is a convolution of dy with the
 * filter turned by 180 degrees and its channels swapped, with others one for each phase of the strides (phases.ts); where
 * that would be wasteful, the gradients of all patches are computed and added up where they overlap. Dilations are 1, as
 * tfjs has no gradient for others.
 */
import {gemmBlock, Order} from '../gemm/block';
import {B_STEP, packBTransposed} from '../gemm/pack';
import {ZEROS} from '../memory';
import {CONV_TURN_MAX_WORK, MR, NR} from '../tuning';
import {conv2d_f32, conv2d_f32_scratch_bytes} from './forward';
import {
  batchSize, filterHeight, filterWidth, inChannels, inHeight, inWidth, needsPadding, outChannels, outHeight, outPixels,
  outWidth, padLeft, padTop, patchSize, setGeometry, sourceImageBytes, strideHeight, strideWidth,
} from './geometry';
import {backpropByImages, backpropByImagesBytes} from './backprop_images';
import {backpropByPhases, isPhased, phasesBytes} from './phases';
import {addPatches, fillPixelOffsets, paddedBytes, unpadImage} from './source';

/**
 * dx = the gradient of the input, NHWC float32, for the geometry in PARAMS (of the forward convolution; it may be
 * written over); dy NHWC, filter HWIO.
 *
 * scratch  conv2d_backprop_input_f32_scratch_bytes() bytes
 */
export function conv2d_backprop_input_f32(dy: usize, filter: usize, dx: usize, scratch: usize): void {
  if (isTurnedConvolution()) {
    turnFilter(filter, scratch);
    const rest = scratch + turnedFilterBytes();
    swapGeometry();
    conv2d_f32(dy, scratch, 0, false, dx, rest);
  } else if (isPhased()) {
    backpropByPhases(dy, filter, dx, scratch);
  } else if (isByImages()) {
    backpropByImages(dy, filter, dx, scratch);
  } else {
    addUpPatches(dy, filter, dx, scratch);
  }
}

/** The scratch that conv2d_backprop_input_f32 needs for the geometry in PARAMS, which it may write over, in bytes. */
export function conv2d_backprop_input_f32_scratch_bytes(): usize {
  if (isTurnedConvolution()) {
    const bytes = turnedFilterBytes();
    swapGeometry();
    return bytes + conv2d_f32_scratch_bytes();
  }
  if (isPhased()) return phasesBytes();
  if (isByImages()) return backpropByImagesBytes();
  return packedFilterBytes() + (<usize>(outPixels() * (1 + patchSize())) << 2) + paddedBytes(1);
}

/** Whether there are images enough to fill a tile's rows. */
function isByImages(): bool {
  return strideHeight() == 1 && batchSize() >= MR;
}

function isTurnedConvolution(): bool {
  if (strideHeight() != 1 || strideWidth() != 1) return false;
  if (padTop() >= filterHeight() || padLeft() >= filterWidth()) return false;
  // The turned convolution computes whole vectors of input channels for each input pixel, the patches' gradients
  // nothing beyond the output's pixels, at about half the speed.
  const columns = inChannels() <= 4 ? 4 : (inChannels() + NR - 1) / NR * NR;
  const work = <f64>inHeight() * <f64>inWidth() * <f64>columns;
  const needed = <f64>outHeight() * <f64>outWidth() * <f64>inChannels();
  return work < needed * CONV_TURN_MAX_WORK;
}

/** From the forward geometry to that of the convolution of dy. */
function swapGeometry(): void {
  setGeometry(
    batchSize(), outHeight(), outWidth(), outChannels(), inHeight(), inWidth(), inChannels(),
    filterHeight() - 1 - padTop(), filterWidth() - 1 - padLeft(),
  );
}

/** turned[y][x][o][i] = filter[H - 1 - y][W - 1 - x][i][o]. */
function turnFilter(filter: usize, turned: usize): void {
  const ins = inChannels();
  const outs = outChannels();
  const tapBytes = <usize>(ins * outs) << 2;
  let tap = filter + <usize>(filterHeight() * filterWidth()) * tapBytes;
  for (let t = filterHeight() * filterWidth(); t > 0; t--) {
    tap -= tapBytes;
    for (let o = 0; o < outs; o++) {
      let from = tap + (<usize>o << 2);
      for (let i = 0; i < ins; i++) {
        store<u32>(turned, load<u32>(from));
        turned += 4;
        from += <usize>outs << 2;
      }
    }
  }
}

function turnedFilterBytes(): usize {
  return <usize>(patchSize() * outChannels()) << 2;
}

/** For each image: patches = dy filter-transposed, then every patch is added to the pixels that it was read from. */
function addUpPatches(dy: usize, filter: usize, dx: usize, scratch: usize): void {
  const k = outChannels();
  const n = patchSize();
  const ldc = <usize>n << 2;
  const imageBytes = <usize>(inHeight() * inWidth() * inChannels()) << 2;
  const pixels = scratch + packedFilterBytes();
  const patches = pixels + (<usize>outPixels() << 2);
  const buffer = patches + <usize>outPixels() * ldc;
  const padded = needsPadding();
  packBTransposed(filter, <usize>k << 2, k, n, scratch);
  fillPixelOffsets(pixels, 1);
  memory.fill(dx, 0, imageBytes * batchSize());
  for (let i = 0; i < batchSize(); i++) {
    gemmBlock(
      Order.Rows, dy, <usize>k << 2, <usize>k << 2, scratch, B_STEP * k, B_STEP, k, ZEROS, 0, patches, ldc,
      outPixels(), n,
    );
    if (padded) {
      memory.fill(buffer, 0, sourceImageBytes());
      addPatches(patches, pixels, outPixels(), buffer);
      unpadImage(buffer, dx);
    } else {
      addPatches(patches, pixels, outPixels(), dx);
    }
    dy += <usize>(k * outPixels()) << 2;
    dx += imageBytes;
  }
}

function packedFilterBytes(): usize {
  return <usize>((patchSize() + NR - 1) / NR * outChannels()) * B_STEP;
}
