/** The position of the first largest element of a pooling window. */

/**
 * For four channels, the distance in bytes from x to the first pixel with the largest value, or -1 where no value is
 * larger than -Infinity; x is the first pixel of a window of any size.
 */
// @ts-ignore: decorator
@inline
export function largestPixels(x: usize, rows: i32, cols: i32, rowPitch: usize, pixelPitch: usize): v128 {
  let largest = f32x4.splat(-Infinity);
  let position = i32x4.splat(-1);
  let row: usize = 0;
  while (rows > 0) {
    let at = row;
    let k = cols;
    while (k > 0) {
      const value = v128.load(x + at);
      const found = f32x4.gt(value, largest);
      largest = f32x4.pmax(largest, value);
      position = v128.bitselect(i32x4.splat(<i32>at), position, found);
      at += pixelPitch;
      k--;
    }
    row += rowPitch;
    rows--;
  }
  return position;
}
