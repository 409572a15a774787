/** Chooses how a 2D convolution and its gradients are computed, by the geometry alone. */
import {Conv2DBackpropFilterPath, Conv2DBackpropInputPath, Conv2DPath} from '../abi';
import {CONV_BY_IMAGES_MAX_RUN, CONV_MIN_RUN, CONV_ROTATED_MAX_WORK, MR, NR} from '../tuning';
import {MIN_CHANNELS} from './forward_images';
import {Geometry2D} from './geometry';
import {isPhased} from './phase_geometry';
import {runCount, runSize} from './source';
import {isTransposed} from './winograd/backprop_input';

export function conv2d_path(geometry: usize): Conv2DPath {
  return forwardPath(changetype<Geometry2D>(geometry));
}
export function conv2d_backprop_filter_path(geometry: usize): Conv2DBackpropFilterPath {
  return backpropFilterPath(changetype<Geometry2D>(geometry));
}
export function conv2d_backprop_input_path(geometry: usize): Conv2DBackpropInputPath {
  return backpropInputPath(changetype<Geometry2D>(geometry));
}

export function forwardPath(g: Geometry2D): Conv2DPath {
  if (g.isPointwise()) return Conv2DPath.product;
  if (g.isWinograd()) return Conv2DPath.winograd;
  const isCut = runCount(g) > 1;
  // With short runs, micro-kernels load and store C after few steps of k.
  const isByImages = isCut && runSize(g) < CONV_BY_IMAGES_MAX_RUN;
  if (isByImages && hasTileOfImages(g) && g.outChannels >= MIN_CHANNELS) return Conv2DPath.images;
  if (g.isSingleChannel()) return Conv2DPath.singleChannel;
  return isCut && runSize(g) < CONV_MIN_RUN ? Conv2DPath.patches : Conv2DPath.indirect;
}

export function backpropFilterPath(g: Geometry2D): Conv2DBackpropFilterPath {
  if (g.isWinograd()) return Conv2DBackpropFilterPath.winograd;
  if (g.isSingleChannel()) return Conv2DBackpropFilterPath.singleChannel;
  return g.strideHeight == 1 ? Conv2DBackpropFilterPath.filterRows : Conv2DBackpropFilterPath.patches;
}

export function backpropInputPath(g: Geometry2D): Conv2DBackpropInputPath {
  if (isRotated(g)) return Conv2DBackpropInputPath.rotated;
  if (isPhased(g)) return Conv2DBackpropInputPath.phases;
  return g.strideHeight == 1 && hasTileOfImages(g) ? Conv2DBackpropInputPath.images : Conv2DBackpropInputPath.patches;
}

/** Whether there are enough images to fill the rows of a register tile. */
function hasTileOfImages(g: Geometry2D): bool {
  return g.batchSize >= MR;
}

function isRotated(g: Geometry2D): bool {
  if (g.strideHeight != 1 || g.strideWidth != 1) return false;
  if (g.padTop >= g.filterHeight || g.padLeft >= g.filterWidth) return false;
  if (isTransposed(g)) return true;
  // The convolution with the rotated filter computes every input pixel, with its channels rounded up to whole tiles;
  // col2im computes no more than the output's pixels, at about half the speed.
  const columns = g.inChannels <= 4 ? 4 : ((g.inChannels + NR - 1) / NR) * NR;
  const work = <f64>g.inHeight * <f64>g.inWidth * <f64>columns;
  const needed = <f64>g.outHeight * <f64>g.outWidth * <f64>g.inChannels;
  return work < needed * CONV_ROTATED_MAX_WORK;
}
