/**
 * Counts of the numbers from 0 to size - 1 in each row of x, or sums of their weights: x and weights are [rows, n], y
 * is [rows, size]. Sums are taken in the order of x, in the type of the weights.
 */

/**
 * y[i, b] = sum over j with x[i, j] == b of weights[i, j]; all sizes >= 0. Numbers from `size` on do not count.
 *
 * @param weights an address, or 0 for weights of 1
 * @param binary whether y is 1 for each number that occurs
 * @returns false if a number is negative; y is undefined then
 */
export function bincount_f32(x: usize, weights: usize, y: usize, rows: i32, n: i32, size: i32, binary: bool): bool {
  return bincount<f32>(x, weights, y, rows, n, size, binary);
}
export function bincount_i32(x: usize, weights: usize, y: usize, rows: i32, n: i32, size: i32, binary: bool): bool {
  return bincount<i32>(x, weights, y, rows, n, size, binary);
}

// @ts-ignore: decorator
@inline
function bincount<T>(x: usize, weights: usize, y: usize, rows: i32, n: i32, size: i32, binary: bool): bool {
  memory.fill(y, 0, (<usize>rows * <usize>size) << 2);
  // Of all bits of all numbers, only the sign's counts in the end: negative numbers fall into no bin.
  let bits = 0;
  while (rows > 0) {
    const end = x + ((<usize>n) << 2);
    if (binary) {
      while (x < end) {
        const bin = load<i32>(x);
        bits |= bin;
        if (<u32>bin < <u32>size) store<T>(y + ((<usize>bin) << 2), 1);
        x += 4;
      }
    } else if (weights) {
      while (x < end) {
        const bin = load<i32>(x);
        bits |= bin;
        if (<u32>bin < <u32>size) add<T>(y + ((<usize>bin) << 2), load<T>(weights));
        x += 4;
        weights += 4;
      }
    } else {
      while (x < end) {
        const bin = load<i32>(x);
        bits |= bin;
        if (<u32>bin < <u32>size) add<T>(y + ((<usize>bin) << 2), 1);
        x += 4;
      }
    }
    y += (<usize>size) << 2;
    rows--;
  }
  return bits >= 0;
}

// @ts-ignore: decorator
@inline
function add<T>(y: usize, term: T): void {
  store<T>(y, load<T>(y) + term);
}
