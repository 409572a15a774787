/** y[i, j] = x[i] where i == j, else 0, for i, j < n; elements of 4 bytes (_32) or 1 byte (_8). */
export function diag_32(x: usize, y: usize, n: i32): void {
  diag<i32>(x, y, n);
}
export function diag_8(x: usize, y: usize, n: i32): void {
  diag<u8>(x, y, n);
}

// @ts-ignore: decorator
@inline
function diag<T>(x: usize, y: usize, n: i32): void {
  const pitch = <usize>n * sizeof<T>();
  memory.fill(y, 0, <usize>n * pitch);
  while (n > 0) {
    store<T>(y, load<T>(x));
    x += sizeof<T>();
    y += pitch + sizeof<T>();
    n--;
  }
}
