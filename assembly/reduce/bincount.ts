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
  if (isAnyNegative(x, rows * n)) return false;
  memory.fill(y, 0, (<usize>rows * <usize>size) << 2);
  while (rows > 0) {
    const end = x + ((<usize>n) << 2);
    while (x < end) {
      const bin = load<i32>(x);
      if (bin < size) {
        const to = y + ((<usize>bin) << 2);
        const weight = weights ? load<T>(weights) : <T>1;
        store<T>(to, binary ? <T>1 : load<T>(to) + weight);
      }
      x += 4;
      if (weights) weights += 4;
    }
    y += (<usize>size) << 2;
    rows--;
  }
  return true;
}

function isAnyNegative(x: usize, n: i32): bool {
  let bits = 0;
  const end = x + ((<usize>n) << 2);
  while (x < end) {
    bits |= load<i32>(x);
    x += 4;
  }
  return bits < 0;
}
