/**
 * The k largest elements of each row and their indices. Each element becomes a key of 64 bits: the smaller the key, the
 * larger the element, or of equal ones the lower the index.
 */
import {exp, log1p} from '../elementwise/double/exponential';

/**
 * values[i, j] = x[i, indices[i, j]] for j < k: the k largest of row i; x is [rows, n], values and indices are [rows,
 * k], indices are int32; k <= n.
 *
 * @param sorted whether the largest comes first; else the order is that in which the selection leaves them
 * @param scratch top_k_scratch_bytes(n) bytes
 * @returns false if an element is NaN; values and indices are undefined then
 */
export function top_k_f32(
  x: usize,
  values: usize,
  indices: usize,
  rows: i32,
  n: i32,
  k: i32,
  sorted: bool,
  scratch: usize,
): bool {
  return topK<f32>(x, values, indices, rows, n, k, sorted, scratch);
}
export function top_k_i32(
  x: usize,
  values: usize,
  indices: usize,
  rows: i32,
  n: i32,
  k: i32,
  sorted: bool,
  scratch: usize,
): bool {
  return topK<i32>(x, values, indices, rows, n, k, sorted, scratch);
}

// @ts-ignore: decorator
@inline
function topK<T>(
  x: usize,
  values: usize,
  indices: usize,
  rows: i32,
  n: i32,
  k: i32,
  sorted: bool,
  scratch: usize,
): bool {
  while (rows > 0) {
    if (!writeKeys<T>(x, n, scratch)) return false;
    if (k < n) select(scratch, 0, n - 1, k);
    if (sorted) sort(scratch, k);
    for (let j: usize = 0; j < <usize>k; j++) {
      const index = load<u32>(scratch + (j << 3));
      store<u32>(indices + (j << 2), index);
      store<i32>(values + (j << 2), load<i32>(x + ((<usize>index) << 2)));
    }
    x += (<usize>n) << 2;
    values += (<usize>k) << 2;
    indices += (<usize>k) << 2;
    rows--;
  }
  return true;
}

/** keys[i] = the key of x[i]: its index below 32 bits that fall as the element rises. Returns false if one is NaN. */
function writeKeys<T>(x: usize, n: i32, keys: usize): bool {
  let ordered = true;
  for (let i = 0; i < n; i++) {
    const value = load<T>(x);
    let bits = load<i32>(x);
    if (isFloat<T>()) {
      ordered = ordered && value == value;
      // -0 counts as 0. The bits of a negative float rise as it falls.
      if (value == 0) bits = 0;
      if (bits >= 0) bits ^= 0x7fffffff;
    } else {
      bits ^= 0x7fffffff;
    }
    store<u64>(keys, ((<u64>(<u32>bits)) << 32) | <u64>i);
    x += 4;
    keys += 8;
  }
  return ordered;
}

// @ts-ignore: decorator
@inline
function key(keys: usize, i: i32): u64 {
  return load<u64>(keys + ((<usize>i) << 3));
}

// @ts-ignore: decorator
@inline
function swap(keys: usize, i: i32, j: i32): void {
  const first = keys + ((<usize>i) << 3);
  const second = keys + ((<usize>j) << 3);
  const value = load<u64>(first);
  store<u64>(first, load<u64>(second));
  store<u64>(second, value);
}

/** From this distance of `right` from `left` on, the selection begins with a sample. */
const MIN_SAMPLED: i32 = 601;

/**
 * Moves the keys from `left` to `right` so that no key before place k is greater than the one at k, and none after it
 * is less: Floyd and Rivest, "Algorithm 489: The algorithm SELECT" (1975), step by step as tfjs-backend-cpu does it, so
 * that what is not sorted comes in the same order.
 */
function select(keys: usize, left: i32, right: i32, k: i32): void {
  while (left < right) {
    if (right - left >= MIN_SAMPLED) selectFromSample(keys, left, right, k);
    const pivot = key(keys, k);
    let i = left;
    let j = right;
    swap(keys, left, k);
    if (key(keys, right) > pivot) swap(keys, left, right);
    while (i < j) {
      swap(keys, i, j);
      i++;
      j--;
      while (key(keys, i) < pivot) i++;
      while (key(keys, j) > pivot) j--;
    }
    if (key(keys, left) == pivot) {
      swap(keys, left, j);
    } else {
      j++;
      swap(keys, j, right);
    }
    if (j <= k) left = j + 1;
    if (k <= j) right = j - 1;
  }
}

/** Selects within a part around k that contains the wanted key with high probability. */
function selectFromSample(keys: usize, left: i32, right: i32, k: i32): void {
  const n = <f64>(right - left + 1);
  const i = <f64>(k - left + 1);
  const z = f64x2.extract_lane(log1p(f64x2.splat(n - 1)), 0);
  const s = 0.5 * f64x2.extract_lane(exp(f64x2.splat((2 * z) / 3)), 0);
  const deviation = 0.5 * sqrt((z * s * (n - s)) / n);
  const shift = i > n / 2 ? deviation : i < n / 2 ? -deviation : 0;
  const low = <i32>floor(<f64>k - (i * s) / n + shift);
  const high = <i32>floor(<f64>k + ((n - i) * s) / n + shift);
  select(keys, max(left, low), min(right, high), k);
}

/** Heapsort of n keys, the least first. */
function sort(keys: usize, n: i32): void {
  for (let i = (n >> 1) - 1; i >= 0; i--) sink(keys, i, n);
  for (let end = n - 1; end > 0; end--) {
    swap(keys, 0, end);
    sink(keys, 0, end);
  }
}

/** Moves the key at i down the heap of n keys, to where no key below it is greater. */
function sink(keys: usize, i: i32, n: i32): void {
  const value = key(keys, i);
  let child = 2 * i + 1;
  while (child < n) {
    if (child + 1 < n && key(keys, child + 1) > key(keys, child)) child++;
    if (key(keys, child) <= value) break;
    store<u64>(keys + ((<usize>i) << 3), key(keys, child));
    i = child;
    child = 2 * i + 1;
  }
  store<u64>(keys + ((<usize>i) << 3), value);
}

/** The scratch that top_k_f32 and top_k_i32 need, in bytes: a key for each element of a row. */
export function top_k_scratch_bytes(n: i32): f64 {
  return 8 * <f64>n;
}
