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
  const result = raster(width, height, channels);
  const columns = spans(box.left, box.width, width, source.width);
  const rows = spans(box.top, box.height, height, source.height);
  // The rows that one of new pixels covers, first: their means are one after the other.
  const means = new Float64Array(source.width * channels);
  for (let y = 0; y < height; y++) {
    means.fill(0);
    for (let row = rows.first[y]; row < rows.first[y + 1]; row++) {
      addShare(means, source.data, rows.at[row] * means.length, rows.shares[row]);
    }
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < channels; c++) {
        let mean = 0;
        for (let column = columns.first[x]; column < columns.first[x + 1]; column++) {
          mean += columns.shares[column] * means[columns.at[column] * channels + c];
        }
        result.data[(y * width + x) * channels + c] = mean;
      }
    }
  }
  return result;
}

function addShare(means: Float64Array, data: ArrayLike<number>, start: number, share: number): void {
  for (let i = 0; i < means.length; i++) means[i] += share * data[start + i];
}

/** Which pixels of the source each new pixel covers: those of new pixel i are entries first[i] to first[i + 1]. */
interface Spans {
  first: Int32Array;
  at: Int32Array;
  /** How much of the new pixel each makes up: those of one new pixel sum to 1. */
  shares: Float64Array;
}

function spans(start: number, length: number, count: number, limit: number): Spans {
  const step = length / count;
  const first = [0];
  const places: number[] = [];
  const shares: number[] = [];
  for (let i = 0; i < count; i++) {
    const from = start + i * step;
    const to = from + step;
    for (let at = Math.floor(from); at < Math.min(to, limit); at++) {
      const share = (Math.min(to, at + 1) - Math.max(from, at)) / step;
      if (share <= 1e-6) continue;
      places.push(at);
      shares.push(share);
    }
    first.push(places.length);
  }
  return {first: Int32Array.from(first), at: Int32Array.from(places), shares: Float64Array.from(shares)};
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
  const fromRight = [2, 3, 7, 8].includes(orientation);
  const fromBelow = [3, 4, 6, 7].includes(orientation);
  for (let y = 0; y < result.height; y++) {
    for (let x = 0; x < result.width; x++) {
      const column = fromRight ? width - 1 - (turned ? y : x) : turned ? y : x;
      const row = fromBelow ? height - 1 - (turned ? x : y) : turned ? x : y;
      const from = (row * width + column) * channels;
      const to = (y * result.width + x) * channels;
      for (let c = 0; c < channels; c++) result.data[to + c] = source.data[from + c];
    }
  }
  return result;
}
