/**
 * The closing of values [height, width] by a square: what is lower than its surroundings and narrower than the square takes
 * their value. Beyond the picture its edge goes on, so that what reaches the edge is not narrower for that.
 *
 * It is the highest value in each square, then the lowest of those; either goes by rows and by columns, in any order.
 *
 * @param reach half the square's side.
 */
export function closing(values: Float32Array, width: number, reach: number): Float32Array {
  const height = values.length / width;
  const columns = width + 2 * reach;
  const wide = new Float32Array(height * columns);
  const highest = highestWithin(width, reach);
  for (let y = 0; y < height; y++) wide.set(highest(values.subarray(y * width, (y + 1) * width)), y * columns);

  const closed = closingOfLine(height, reach);
  const column = new Float32Array(height);
  for (let x = 0; x < columns; x++) {
    for (let y = 0; y < height; y++) column[y] = wide[y * columns + x];
    const result = closed(column);
    for (let y = 0; y < height; y++) wide[y * columns + x] = result[y];
  }

  const result = new Float32Array(values.length);
  const lowest = lowestWithin(columns, reach);
  for (let y = 0; y < height; y++) result.set(lowest(wide.subarray(y * columns, (y + 1) * columns)), y * width);
  return result;
}

type OfLine = (line: Float32Array) => Float32Array;

function closingOfLine(count: number, reach: number): OfLine {
  const highest = highestWithin(count, reach);
  const lowest = lowestWithin(count + 2 * reach, reach);
  return (line) => lowest(highest(line));
}

/** The highest of a line's `count` values within `reach` of each place, from `reach` before the line to `reach` behind it. */
function highestWithin(count: number, reach: number): OfLine {
  const padded = new Float32Array(count + 4 * reach).fill(-Infinity);
  const maxima = windowMaxima(padded.length, 2 * reach + 1);
  return (line) => {
    padded.set(line, 2 * reach);
    return maxima(padded);
  };
}

/** The lowest of a line's `count` values within `reach` of each place that is `reach` from either end. */
function lowestWithin(count: number, reach: number): OfLine {
  const negated = new Float32Array(count);
  const maxima = windowMaxima(count, 2 * reach + 1);
  return (line) => {
    for (let i = 0; i < count; i++) negated[i] = -line[i];
    const result = maxima(negated);
    for (let i = 0; i < result.length; i++) result[i] = -result[i];
    return result;
  };
}

/**
 * The highest value in each window of a line, in three comparisons whatever the window: of blocks as long as the window, from
 * their start and from their end, two of which overlap to each window (M. van Herk: A fast algorithm for local minimum and
 * maximum filters on rectangular and octagonal kernels, 1992). Each call writes to the same result.
 */
function windowMaxima(count: number, window: number): OfLine {
  const fromStart = new Float32Array(count);
  const fromEnd = new Float32Array(count);
  const result = new Float32Array(count - window + 1);
  return (line) => {
    for (let start = 0; start < count; start += window) {
      const end = Math.min(count, start + window);
      let highest = -Infinity;
      for (let i = start; i < end; i++) {
        if (line[i] > highest) highest = line[i];
        fromStart[i] = highest;
      }
      highest = -Infinity;
      for (let i = end - 1; i >= start; i--) {
        if (line[i] > highest) highest = line[i];
        fromEnd[i] = highest;
      }
    }
    for (let i = 0; i < result.length; i++) {
      const [first, last] = [fromEnd[i], fromStart[i + window - 1]];
      result[i] = first > last ? first : last;
    }
    return result;
  };
}
