/**
 * Where values belong in sorted rows, by bisection: x is [rows, n], values and y are [rows, count], y is int32; all
 * sizes >= 0. For rows that are not sorted, and for NaN, the bisection goes as on tfjs-backend-cpu.
 */

/** y[i, j] = how many elements of row i are less than values[i, j], or, if `right`, not greater. */
export function search_sorted_f32(x: usize, values: usize, y: usize, rows: i32, n: i32, count: i32, right: bool): void {
  searchSorted<f32>(x, values, y, rows, n, count, right);
}
export function search_sorted_i32(x: usize, values: usize, y: usize, rows: i32, n: i32, count: i32, right: bool): void {
  searchSorted<i32>(x, values, y, rows, n, count, right);
}

// @ts-ignore: decorator
@inline
function searchSorted<T>(x: usize, values: usize, y: usize, rows: i32, n: i32, count: i32, right: bool): void {
  while (rows > 0) {
    const end = y + ((<usize>count) << 2);
    while (y < end) {
      const value = load<T>(values);
      store<i32>(y, right ? bisect<T>(x, n, value, true) : bisect<T>(x, n, value, false));
      values += 4;
      y += 4;
    }
    x += (<usize>n) << 2;
    rows--;
  }
}

// @ts-ignore: decorator
@inline
function bisect<T>(x: usize, n: i32, value: T, right: bool): i32 {
  let low: u32 = 0;
  let high: u32 = n;
  while (low < high) {
    const middle = (low + high) >> 1;
    const found = load<T>(x + ((<usize>middle) << 2));
    const isBefore = right ? found <= value : found < value;
    low = isBefore ? middle + 1 : low;
    high = isBefore ? high : middle;
  }
  return high;
}
