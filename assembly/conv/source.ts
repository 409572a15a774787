/** Where a convolution reads: padded copies of images, tables of offsets, and patches. */
import {
  dilationHeight, dilationWidth, filterHeight, filterWidth, inChannels, inHeight, inWidth, needsPadding, outHeight,
  outWidth, padLeft, padTop, paddedHeight, paddedWidth, sourceImageBytes, sourceRowBytes, strideHeight, strideWidth,
} from './geometry';
import {addFloats} from '../simd';

/** Bytes of the buffer for `images` padded images. */
export function paddedBytes(images: i32): usize {
  return needsPadding() ? <usize>images * sourceImageBytes() : 0;
}

/** To be called once before padImages: the borders of the buffer, which no copy touches, become zero. */
export function clearPadding(buffer: usize, images: i32): void {
  if (needsPadding()) memory.fill(buffer, 0, paddedBytes(images));
}

/** The address of `images` images as the output reads them: x itself, or the buffer after copying them into it. */
export function padImages(x: usize, images: i32, buffer: usize): usize {
  if (!needsPadding()) return x;
  const rowBytes = <usize>(inWidth() * inChannels()) << 2;
  const top = padTop();
  const left = padLeft();
  const rows = max(0, min(inHeight(), paddedHeight() - top));
  const floats = max(0, min(inWidth(), paddedWidth() - left)) * inChannels();
  const targetRowBytes = sourceRowBytes();
  let target = buffer + <usize>top * targetRowBytes + (<usize>(left * inChannels()) << 2);
  for (let i = 0; i < images; i++) {
    let from = x;
    let to = target;
    for (let r = 0; r < rows; r++) {
      copyFloats(from, to, floats);
      from += rowBytes;
      to += targetRowBytes;
    }
    x += rowBytes * inHeight();
    target += sourceImageBytes();
  }
  return buffer;
}

/** The other way: writes the inside of one padded image to x. */
export function unpadImage(buffer: usize, x: usize): void {
  const rowBytes = <usize>(inWidth() * inChannels()) << 2;
  const left = padLeft();
  const rows = max(0, min(inHeight(), paddedHeight() - padTop()));
  const floats = max(0, min(inWidth(), paddedWidth() - left)) * inChannels();
  let from = buffer + <usize>padTop() * sourceRowBytes() + (<usize>(left * inChannels()) << 2);
  for (let r = 0; r < rows; r++) {
    copyFloats(from, x, floats);
    from += sourceRowBytes();
    x += rowBytes;
  }
}

/** pixels[p] = byte offset of the patch of output pixel p, for `images` images. */
export function fillPixelOffsets(pixels: usize, images: i32): void {
  const stepX = <usize>(strideWidth() * inChannels()) << 2;
  const stepY = <usize>strideHeight() * sourceRowBytes();
  for (let i = 0; i < images; i++) {
    for (let y = 0; y < outHeight(); y++) {
      let offset = <usize>i * sourceImageBytes() + <usize>y * stepY;
      for (let x = 0; x < outWidth(); x++) {
        store<u32>(pixels, <u32>offset);
        pixels += 4;
        offset += stepX;
      }
    }
  }
}

/** taps[k] = byte offset of element k of a patch, in the order of the filter: row, column, channel. */
export function fillTapOffsets(taps: usize): void {
  for (let y = 0; y < filterHeight(); y++) {
    for (let x = 0; x < filterWidth(); x++) {
      let offset = <usize>(y * dilationHeight()) * sourceRowBytes() + (<usize>(x * dilationWidth() * inChannels()) << 2);
      for (let c = 0; c < inChannels(); c++) {
        store<u32>(taps, <u32>offset);
        taps += 4;
        offset += 4;
      }
    }
  }
}

/**
 * A patch is made of runs of neighbouring floats: a row of the filter, or with a dilation of columns one tap. Runs of
 * a patch are counted through: this is how many there are, how long they are, and where the one of index `run` begins.
 */
export function runCount(): i32 {
  return dilationWidth() == 1 ? filterHeight() : filterHeight() * filterWidth();
}
export function runSize(): i32 {
  return dilationWidth() == 1 ? filterWidth() * inChannels() : inChannels();
}
export function runOffset(run: i32): usize {
  const runsInRow = dilationWidth() == 1 ? 1 : filterWidth();
  const row = <usize>(run / runsInRow * dilationHeight()) * sourceRowBytes();
  return row + (<usize>(run % runsInRow * dilationWidth() * inChannels()) << 2);
}

/** patches[p][k] = element k of the patch of pixel p: `im2col`, for `count` pixels from the list `pixels` on. */
export function fillPatches(source: usize, pixels: usize, count: i32, patches: usize): void {
  const runs = runCount();
  const size = runSize();
  const patchBytes = <usize>(runs * size) << 2;
  for (let r = 0; r < runs; r++) {
    const from = source + runOffset(r);
    let to = patches + (<usize>(r * size) << 2);
    for (let p = 0; p < count; p++) {
      copyFloats(from + load<u32>(pixels + (<usize>p << 2)), to, size);
      to += patchBytes;
    }
  }
}

/** The other way: adds patches[p][k] to where it came from, `col2im`. */
export function addPatches(patches: usize, pixels: usize, count: i32, target: usize): void {
  const runs = runCount();
  const size = runSize();
  for (let p = 0; p < count; p++) {
    const pixel = target + load<u32>(pixels + (<usize>p << 2));
    for (let r = 0; r < runs; r++) {
      addFloats(patches, pixel + runOffset(r), size);
      patches += <usize>size << 2;
    }
  }
}

/** y[i] = x[i] for i < n; nothing beyond is written. */
// @ts-ignore: decorator
@inline
export function copyFloats(x: usize, y: usize, n: i32): void {
  while (n >= 4) {
    v128.store(y, v128.load(x));
    x += 16;
    y += 16;
    n -= 4;
  }
  while (n > 0) {
    store<u32>(y, load<u32>(x));
    x += 4;
    y += 4;
    n--;
  }
}
