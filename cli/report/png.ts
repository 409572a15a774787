import {type ColorType, PNG} from 'pngjs';

const GREY: ColorType = 0;

/**
 * An 8-bit greyscale PNG; pixels is [height, width], 0 black to 255 white.
 *
 * @throws RangeError where the pixels are not as many as that.
 */
export function encodeGreyscalePng(pixels: Uint8Array, width: number, height: number): Buffer {
  if (pixels.length !== width * height) {
    throw new RangeError(`expected ${width} x ${height} pixels, got ${pixels.length}`);
  }
  const image = Object.assign(new PNG({width, height}), {data: Buffer.from(pixels)});
  return PNG.sync.write(image, {colorType: GREY, inputColorType: GREY, inputHasAlpha: false, filterType: 0});
}
