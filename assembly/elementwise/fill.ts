/** y[i] = value for i < n, n >= 0; up to 15 elements more are written. */

export function fill_f32(y: usize, n: i32, value: f32): void {
  fill(y, n, f32x4.splat(value));
}

export function fill_i32(y: usize, n: i32, value: i32): void {
  fill(y, n, i32x4.splat(value));
}

/** value: 0 to 255. */
export function fill_bool(y: usize, n: i32, value: i32): void {
  memory.fill(y, <u8>value, n);
}

// @ts-ignore: decorator
@inline
function fill(y: usize, n: i32, value: v128): void {
  const end = y + ((<usize>n) << 2);
  while (y < end) {
    v128.store(y, value);
    v128.store(y, value, 16);
    v128.store(y, value, 32);
    v128.store(y, value, 48);
    y += 64;
  }
}
