/** Pixels of one or more channels. */
export interface Raster {
  /** [height, width, channels]. */
  data: Float32Array;
  width: number;
  height: number;
  channels: number;
}

export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

export function raster(width: number, height: number, channels: number): Raster {
  return {data: new Float32Array(width * height * channels), width, height, channels};
}

/**
 * A part of an image at another size: each new pixel is the mean of the area that it covers, so that what becomes
 * smaller is antialiased.
 *
 * @param source any array [height, width, channels].
 * @param box the part, within the source.
 */
export function areaAverage(
  source: {data: ArrayLike<number>; width: number; height: number; channels: number},
  box: Box,
  width: number,
  height: number,
): Raster {
  const {channels} = source;
  const columns = spans(box.left, box.width, width, source.width);
  const rows = spans(box.top, box.height, height, source.height);
  const result = raster(width, height, channels);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const to = (y * width + x) * channels;
      for (const row of rows[y]) {
        for (const column of columns[x]) {
          const from = (row.at * source.width + column.at) * channels;
          const share = row.share * column.share;
          for (let c = 0; c < channels; c++) result.data[to + c] += share * source.data[from + c];
        }
      }
    }
  }
  return result;
}

interface Share {
  at: number;
  /** Those of one new pixel sum to 1. */
  share: number;
}

/** For each of `count` pixels, which pixels of the source it covers, and how much of it each makes up. */
function spans(start: number, length: number, count: number, limit: number): Share[][] {
  const step = length / count;
  return Array.from({length: count}, (_, i) => {
    const from = start + i * step;
    const to = from + step;
    const covered: Share[] = [];
    for (let at = Math.floor(from); at < Math.min(to, limit); at++) {
      const share = (Math.min(to, at + 1) - Math.max(from, at)) / step;
      if (share > 1e-6) covered.push({at, share});
    }
    return covered;
  });
}

/**
 * Turns and mirrors an image so that it stands upright.
 *
 * @param orientation EXIF's (CIPA DC-008, tag 0x0112): where the stored image's first row and column belong.
 */
export function upright(source: Raster, orientation: number): Raster {
  if (orientation < 2 || orientation > 8) return source;
  const {width, height, channels} = source;
  const turned = orientation >= 5;
  const result = turned ? raster(height, width, channels) : raster(width, height, channels);
  for (let y = 0; y < result.height; y++) {
    for (let x = 0; x < result.width; x++) {
      let [column, row] = turned ? [y, x] : [x, y];
      if ([2, 3, 7, 8].includes(orientation)) column = width - 1 - column;
      if ([3, 4, 6, 7].includes(orientation)) row = height - 1 - row;
      const from = (row * width + column) * channels;
      result.data.set(source.data.subarray(from, from + channels), (y * result.width + x) * channels);
    }
  }
  return result;
}
