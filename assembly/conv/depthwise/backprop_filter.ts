/**
 * The gradient of a depthwise 2D convolution with respect to its filter: for each tap the product of dy and what the
 * tap reads, summed over all output pixels of all images. Dilations are 1.
 */
import {
  batchSize, filterHeight, filterWidth, inChannels, inHeight, inWidth, outChannels, outHeight, outWidth, strideHeight,
  strideWidth,
} from '../geometry';
import {copyFloats} from '../source';
import {
  fillInputStrip, fillPixels, fillTaps, inputPlaneBytes, inputRowBytes, inputStripBytes, outRowsOfStrip,
} from './forward';
import {depthwise_tile_in_place_f32, TILE_COLUMNS, TILE_ROWS} from './micro';
import {depthwise_taps_f32} from './row';
import {blockChannels, multiplier, PIXEL_BYTES, planeCount, tableBytes, toTerms} from './strip';

/**
 * dw = the gradient of the filter, HWCM float32, for the geometry in PARAMS; x and dy NHWC; paddings may be negative.
 *
 * scratch  depthwise_conv2d_backprop_filter_f32_scratch_bytes() bytes
 *
 * Pixels of a strip, or of a row of it, are summed in their order, and these sums in theirs, so that no sum is long.
 */
export function depthwise_conv2d_backprop_filter_f32(x: usize, dy: usize, dw: usize, scratch: usize): void {
  const n = outChannels();
  const m = multiplier();
  const block = blockChannels();
  const stripRows = outRowsOfStrip();
  const taps = filterHeight() * filterWidth();
  const is3x3 = filterHeight() == 3 && filterWidth() == 3;
  const outPixel = <usize>n << 2;
  const strip = scratch;
  const pixelTable = strip + inputStripBytes();
  const tapTable = pixelTable + tableBytes(stripRows * outWidth());
  const sums = tapTable + tableBytes(taps);
  memory.fill(strip, 0, inputStripBytes());
  memory.fill(sums, 0, allSumBytes());
  if (!is3x3) {
    toTerms(pixelTable, fillPixels(pixelTable, stripRows, outPixel));
    fillTaps(tapTable, PIXEL_BYTES);
  }
  for (let i = 0; i < batchSize(); i++) {
    for (let r = 0; r < outHeight(); r += stripRows) {
      const rows = min(stripRows, outHeight() - r);
      let s = sums;
      for (let c = 0; c < n; c += block) {
        const channels = min(block, n - c);
        const gradient = dy + <usize>(r * outWidth()) * outPixel + (<usize>c << 2);
        fillInputStrip(x + (<usize>(c / m) << 2), strip, r, rows, channels);
        if (is3x3) sumTaps3x3(strip, gradient, outPixel, rows, channels, s);
        else sumTaps(tapTable, taps, pixelTable, rows * outWidth(), strip, gradient, channels, s);
        s += sumBytes(channels);
      }
    }
    x += <usize>(inHeight() * inWidth() * inChannels()) << 2;
    dy += <usize>(outHeight() * outWidth()) * outPixel;
  }
  handOut(sums, dw);
}

/** The scratch that depthwise_conv2d_backprop_filter_f32 needs for the geometry in PARAMS, in bytes. */
export function depthwise_conv2d_backprop_filter_f32_scratch_bytes(): usize {
  return (
    inputStripBytes() +
    tableBytes(outRowsOfStrip() * outWidth()) +
    tableBytes(filterHeight() * filterWidth()) +
    allSumBytes()
  );
}

/** Adds what a strip gives to the sums of all taps. */
function sumTaps(
  tapTable: usize, taps: i32, pixelTable: usize, pixels: i32, strip: usize, dy: usize, channels: i32, sums: usize,
): void {
  for (let k = planeCount(channels); k > 0; k--) {
    for (let t = 0; t < taps; t += TILE_ROWS) {
      depthwise_tile_in_place_f32(
        tapTable + (<usize>t << 3), min(TILE_ROWS, taps - t), pixelTable, pixels, strip, dy, sums,
      );
    }
    strip += inputPlaneBytes();
    dy += PIXEL_BYTES;
    sums += <usize>taps * PIXEL_BYTES;
  }
}

/** The same for a filter of 3x3. */
function sumTaps3x3(strip: usize, dy: usize, outPixel: usize, rows: i32, channels: i32, sums: usize): void {
  const plane = inputPlaneBytes();
  const row = inputRowBytes();
  const step = PIXEL_BYTES * strideWidth();
  while (rows > 0) {
    let x = strip;
    let g = dy;
    let s = sums;
    for (let k = planeCount(channels); k > 0; k--) {
      depthwise_taps_f32(x, row, step, g, outPixel, outWidth(), s);
      depthwise_taps_f32(x + 16, row, step, g + 16, outPixel, outWidth(), s + 16);
      x += plane;
      g += PIXEL_BYTES;
      s += 9 * PIXEL_BYTES;
    }
    strip += row * strideHeight();
    dy += <usize>outWidth() * outPixel;
    rows--;
  }
}

/** Bytes of the sums of a block: for each plane of it, all taps. */
function sumBytes(channels: i32): usize {
  return <usize>(planeCount(channels) * filterHeight() * filterWidth()) * PIXEL_BYTES;
}

function allSumBytes(): usize {
  const block = blockChannels();
  return <usize>(outChannels() / block) * sumBytes(block) + sumBytes(outChannels() % block);
}

/** dw from the sums. */
function handOut(sums: usize, dw: usize): void {
  const n = outChannels();
  const block = blockChannels();
  const taps = filterHeight() * filterWidth();
  for (let c = 0; c < n; c += block) {
    const end = min(n, c + block);
    for (let j = c; j < end; j += TILE_COLUMNS) {
      for (let t = 0; t < taps; t++) {
        copyFloats(sums, dw + (<usize>(t * n + j) << 2), min(TILE_COLUMNS, end - j));
        sums += PIXEL_BYTES;
      }
    }
  }
}
