import type {Box} from '../raster';

/** Pixels that hang together, by sides or corners. */
export interface Region {
  pixels: number[];
  box: Box;
}

/** The regions of a mask [height, width] of 0 and 1. */
export function regions(mask: Uint8Array, width: number): Region[] {
  const left = mask.slice();
  const found: Region[] = [];
  for (let start = 0; start < left.length; start++) {
    if (left[start] === 1) found.push(region(left, width, start));
  }
  return found;
}

/** The region that a pixel belongs to, taken out of the mask. */
function region(mask: Uint8Array, width: number, start: number): Region {
  const height = mask.length / width;
  const pixels = [start];
  mask[start] = 0;
  let [minX, maxX, minY, maxY] = [width, 0, height, 0];
  // The list grows while it is walked.
  for (const pixel of pixels) {
    const x = pixel % width;
    const y = (pixel - x) / width;
    minX = Math.min(minX, x);
    maxX = Math.max(maxX, x);
    minY = Math.min(minY, y);
    maxY = Math.max(maxY, y);
    for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++) {
      for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++) {
        const next = row * width + column;
        if (mask[next] === 0) continue;
        mask[next] = 0;
        pixels.push(next);
      }
    }
  }
  return {pixels, box: {left: minX, top: minY, width: maxX - minX + 1, height: maxY - minY + 1}};
}
