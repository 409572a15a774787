import {type backend_util, Conv2D, FusedConv2D, type TensorInfo, util} from '@tensorflow/tfjs-core';
import {Conv2DPath} from '../../../../assembly/abi.js';
import type {Tensors} from '../../tensors.js';
import {isEmptyConv2D, writeGeometry} from './conv2d.js';
import {outShapeNHWC, prepareInput} from './conv2dLayout.js';

type Conv2DInfo = backend_util.Conv2DInfo;

/** What a convolution also computes in its pass over the output. */
export interface BiasAndRelu {
  /** float32, one value for each output channel. */
  bias?: TensorInfo;
  /** Whether the relu is taken. */
  activates?: boolean;
}

/**
 * x * filter + bias, or its relu.
 *
 * @param x float32, NHWC or NCHW as `info` says
 * @param filter float32, HWIO
 * @returns a new tensor, float32, NHWC
 */
export function convolve(
  tensors: Tensors,
  x: TensorInfo,
  filter: TensorInfo,
  {bias, activates = false}: BiasAndRelu,
  info: Conv2DInfo,
): TensorInfo {
  const y = tensors.allocate(outShapeNHWC(info), 'float32');
  if (isEmptyConv2D(info)) {
    tensors.writable(y).fill(0);
    return y;
  }
  const [source, geometry] = prepareInput(tensors, x, info);
  const [from, taps, start] = [source, filter, bias].map((tensor) => (tensor ? tensors.offset(tensor) : 0));
  runConvolution(tensors, geometry, from, taps, start, tensors.offset(y), activates, filter);
  tensors.dispose(source);
  return y;
}

/**
 * x * filter, deferred: a bias that is added next, and a relu after it, are computed in the same pass over the output.
 *
 * @returns as convolve
 */
export function convolveLater(tensors: Tensors, x: TensorInfo, filter: TensorInfo, info: Conv2DInfo): TensorInfo {
  const shape = outShapeNHWC(info);
  if (isEmptyConv2D(info) || !tensors.defers(util.sizeFromShape(shape))) return convolve(tensors, x, filter, {}, info);
  const [source, geometry] = prepareInput(tensors, x, info);
  const y = tensors.deferCall(shape, {
    kernelName: Conv2D,
    operands: [source, filter],
    biasSize: info.outChannels,
    run: ([from, taps], to, bias, activates) => runConvolution(tensors, geometry, from, taps, bias, to, activates),
  });
  tensors.dispose(source);
  return y;
}

/**
 * The relu of x * filter + bias; deferred where a max pool that is next can be computed in the same pass.
 *
 * @returns as convolve
 */
export function convolveToPool(
  tensors: Tensors,
  x: TensorInfo,
  filter: TensorInfo,
  epilogue: BiasAndRelu,
  info: Conv2DInfo,
): TensorInfo {
  const {wasm} = tensors;
  const shape = outShapeNHWC(info);
  if (isEmptyConv2D(info) || !tensors.defers(util.sizeFromShape(shape)) || isInBands(info)) {
    return convolve(tensors, x, filter, epilogue, info);
  }
  const [source, geometry] = prepareInput(tensors, x, info);
  if (wasm.conv2d_path(writeGeometry(tensors, geometry)) !== Conv2DPath.images) {
    tensors.dispose(source);
    return convolve(tensors, x, filter, epilogue, info);
  }
  const {bias} = epilogue;
  const y = tensors.deferCall(shape, {
    kernelName: FusedConv2D,
    operands: bias ? [source, filter, bias] : [source, filter],
    run: ([from, taps, start = 0], to) => runConvolution(tensors, geometry, from, taps, start, to, true),
    runPooled([from, taps, start = 0], to) {
      const params = writeGeometry(tensors, geometry);
      tensors.withScratch(wasm.conv2d_f32_scratch_bytes(params), (scratch) =>
        wasm.conv2d_max_pool_f32(from, taps, start, to, params, scratch),
      );
    },
  });
  tensors.dispose(source);
  return y;
}

/**
 * Calls conv2d_f32; operands are offsets.
 *
 * @param weights the filter, where it may be laid out once for this call and those after it
 */
function runConvolution(
  tensors: Tensors,
  info: Conv2DInfo,
  x: number,
  filter: number,
  bias: number,
  y: number,
  activates: boolean,
  weights?: TensorInfo,
): void {
  const {wasm} = tensors;
  if (isInBands(info)) {
    for (const band of bandsOf(info)) {
      runConvolution(tensors, band.info, x + band.xBytes, filter, bias, y + band.yBytes, activates);
    }
    return;
  }
  const params = writeGeometry(tensors, info);
  const bytes = weights ? wasm.packed_filter_f32_bytes(params) >>> 0 : 0;
  tensors.withScratch(wasm.conv2d_f32_scratch_bytes(params), (scratch) => {
    // The last: what is allocated afterwards might free it.
    const packed =
      weights && bytes > 0
        ? tensors.packedWeights(weights, {
            // Apart from those of matrices; the channels of the input follow from the size.
            key: -info.outChannels * FILTER_SIZES - info.filterHeight,
            bytes,
            pack: (from, to) => wasm.pack_filter_f32(from, to, params),
          })
        : undefined;
    if (packed === undefined) wasm.conv2d_f32(x, filter, bias, y, activates, params, scratch);
    else wasm.conv2d_packed_f32(x, filter, packed, bias, y, activates, params, scratch);
  });
}

/** Minimal filtering has filters of 3x3 and 5x5. */
const FILTER_SIZES = 8;

/** The copy of an image with its padding is scratch: larger images are computed in bands of rows, of so many bytes. */
const MAX_PADDED_IMAGE_BYTES = 2 ** 28;
const BAND_BYTES = 2 ** 24;
/** A multiple of the rows of all tiles of minimal filtering, which therefore are the same as without bands. */
const BAND_ROWS = 12;

function isInBands({inHeight, inWidth, inChannels, outHeight}: Conv2DInfo): boolean {
  return 4 * inHeight * inWidth * inChannels > MAX_PADDED_IMAGE_BYTES && outHeight > BAND_ROWS;
}

interface Band {
  info: Conv2DInfo;
  /** Where the band begins in x and in y. */
  xBytes: number;
  yBytes: number;
}

/** The convolutions of each image, by bands of the output's rows: in order, since a band may write past its end. */
function* bandsOf(info: Conv2DInfo): Generator<Band> {
  const {batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels, padInfo} = info;
  const {strideHeight, dilationHeight, filterHeight} = info;
  const [inRowBytes, outRowBytes] = [4 * inWidth * inChannels, 4 * outWidth * outChannels];
  const reach = (filterHeight - 1) * dilationHeight + 1;
  const rowsInside = Math.floor((BAND_BYTES / inRowBytes - reach) / strideHeight);
  const rows = Math.max(BAND_ROWS, rowsInside - (rowsInside % BAND_ROWS));
  for (let image = 0; image < batchSize; image++) {
    for (let top = 0; top < outHeight; top += rows) {
      const height = Math.min(rows, outHeight - top);
      const first = top * strideHeight - padInfo.top;
      const start = Math.min(inHeight, Math.max(0, first));
      const end = Math.min(inHeight, Math.max(start, first + (height - 1) * strideHeight + reach));
      yield {
        info: {
          ...info,
          batchSize: 1,
          inHeight: end - start,
          outHeight: height,
          padInfo: {...padInfo, top: Math.max(0, -first)},
        },
        xBytes: (image * inHeight + start) * inRowBytes,
        yBytes: (image * outHeight + top) * outRowBytes,
      };
    }
  }
}
