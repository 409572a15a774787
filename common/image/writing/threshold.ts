const BINS = 256;

/**
 * The value that parts a set in two classes with the least variance within them (N. Otsu: A threshold selection method
 * from gray-level histograms, 1979). Where all values are the same it is that value.
 */
export function otsuThreshold(values: Float32Array): number {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < values.length; i++) {
    if (values[i] < low) low = values[i];
    if (values[i] > high) high = values[i];
  }
  if (!(high > low)) return high;
  const histogram = new Float64Array(BINS);
  const scale = (BINS - 1e-6) / (high - low);
  for (let i = 0; i < values.length; i++) histogram[Math.floor((values[i] - low) * scale)]++;

  const total = values.length;
  const sum = histogram.reduce((all, number, bin) => all + number * bin, 0);
  let best = -1;
  let threshold = 0;
  let below = 0;
  let sumBelow = 0;
  for (let bin = 0; bin < BINS - 1; bin++) {
    below += histogram[bin];
    sumBelow += histogram[bin] * bin;
    if (below === 0 || below === total) continue;
    const between = (sumBelow * total - sum * below) ** 2 / (below * (total - below));
    if (between > best) {
      best = between;
      threshold = bin + 1;
    }
  }
  return low + threshold / scale;
}

/** The values where a mask of 0 and 1 is 1; all where there is no mask. */
export function valuesWithin(values: Float32Array, area: Uint8Array | undefined): Float32Array {
  if (area === undefined) return values;
  const found = new Float32Array(values.length);
  let count = 0;
  for (let i = 0; i < values.length; i++) if (area[i] === 1) found[count++] = values[i];
  return found.subarray(0, count);
}
