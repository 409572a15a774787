/** The depthwise 2D convolution: output channel c * m + q is channel c filtered by itself, for m outputs a channel. */
import {
  batchSize, dilationHeight, dilationWidth, filterHeight, filterWidth, inChannels, inHeight, inWidth, outChannels,
  outHeight, outWidth, padLeft, padTop, paddedWidth, strideHeight, strideWidth,
} from '../geometry';
import {isRowwise, sumRows} from './row';
import {
  blockChannels, fillStrip, fillTable, multiplier, PIXEL_BYTES, planeBytes, stepsOfStrip, stripBytes, sumPlaces,
  tableBytes, toTerms,
} from './strip';

/**
 * y = x * filter + bias, float32, NHWC and HWCM, for the geometry in PARAMS; paddings may be negative.
 *
 * bias     outC floats, or 0
 * scratch  depthwise_conv2d_f32_scratch_bytes() bytes
 *
 * y may not overlap the inputs. The sum of a pixel runs over filter rows and columns in this order. Padding counts as
 * zeros, so that a filter's infinity makes NaN of it.
 */
export function depthwise_conv2d_f32(x: usize, filter: usize, bias: usize, y: usize, scratch: usize): void {
  const n = outChannels();
  const m = multiplier();
  const block = blockChannels();
  const stripRows = outRowsOfStrip();
  const plane = inputPlaneBytes();
  const taps = filterHeight() * filterWidth();
  const outPixel = <usize>n << 2;
  const rowwise = isRowwise(outWidth(), filterWidth(), strideWidth(), dilationWidth());
  const strip = scratch;
  const places = strip + inputStripBytes();
  const terms = places + tableBytes(stripRows * outWidth());
  memory.fill(strip, 0, inputStripBytes());
  if (!rowwise) {
    fillPixels(places, stripRows, outPixel);
    toTerms(terms, fillTaps(terms, outPixel));
  }
  for (let i = 0; i < batchSize(); i++) {
    for (let r = 0; r < outHeight(); r += stripRows) {
      const rows = min(stripRows, outHeight() - r);
      for (let c = 0; c < n; c += block) {
        const channels = min(block, n - c);
        const at = <usize>c << 2;
        const start = bias ? bias + at : 0;
        const target = y + <usize>(r * outWidth()) * outPixel + at;
        fillInputStrip(x + (<usize>(c / m) << 2), strip, r, rows, channels);
        if (rowwise) {
          sumRows(
            strip, plane, inputRowBytes() * strideHeight(), inputRowBytes() * dilationHeight(), filter + at, outPixel,
            filterHeight(), start, target, outPixel, rows, outWidth(), channels,
          );
        } else {
          sumPlaces(places, rows * outWidth(), terms, taps, strip, plane, filter + at, start, target, channels);
        }
      }
    }
    x += <usize>(inHeight() * inWidth() * inChannels()) << 2;
    y += <usize>(outHeight() * outWidth()) * outPixel;
  }
}

/** The scratch that depthwise_conv2d_f32 needs for the geometry in PARAMS, in bytes. */
export function depthwise_conv2d_f32_scratch_bytes(): usize {
  return inputStripBytes() + tableBytes(outRowsOfStrip() * outWidth()) + tableBytes(filterHeight() * filterWidth());
}

/** Rows of the output for which one strip is filled. */
export function outRowsOfStrip(): i32 {
  return stepsOfStrip(outHeight(), inRowsOfStrip(1), strideHeight(), paddedWidth());
}

/** Rows of a strip that `outRows` rows of the output read. */
function inRowsOfStrip(outRows: i32): i32 {
  return (outRows - 1) * strideHeight() + (filterHeight() - 1) * dilationHeight() + 1;
}

/** Sizes of a strip of the input. */
export function inputRowBytes(): usize {
  return <usize>paddedWidth() * PIXEL_BYTES;
}
export function inputPlaneBytes(): usize {
  return planeBytes(inRowsOfStrip(outRowsOfStrip()), paddedWidth());
}
export function inputStripBytes(): usize {
  return stripBytes(inRowsOfStrip(outRowsOfStrip()), paddedWidth());
}

/** What `rows` output rows from r on read of one image; x is the block's first channel in it. */
export function fillInputStrip(x: usize, strip: usize, r: i32, rows: i32, channels: i32): void {
  fillStrip(
    x, inHeight(), inWidth(), <usize>inChannels() << 2, channels, multiplier(),
    strip, inputPlaneBytes(), inRowsOfStrip(rows), paddedWidth(), padTop() - r * strideHeight(), padLeft(),
  );
}

/** The table of `rows` rows of output pixels: where each reads, and its own place. Returns its end. */
export function fillPixels(table: usize, rows: i32, outPixel: usize): usize {
  return fillTable(
    table, rows, outWidth(),
    0, inputRowBytes() * strideHeight(), PIXEL_BYTES * strideWidth(),
    0, outPixel * outWidth(), outPixel,
  );
}

/** The table of the filter's taps: how far from a pixel's first one each reads, and its own place. Returns its end. */
export function fillTaps(table: usize, tapBytes: usize): usize {
  return fillTable(
    table, filterHeight(), filterWidth(),
    0, inputRowBytes() * dilationHeight(), PIXEL_BYTES * dilationWidth(),
    0, tapBytes * filterWidth(), tapBytes,
  );
}
