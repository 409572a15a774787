/** Copies n bytes, a multiple of 64, as kernels that stream do: vector by vector. */
export function copy_f32(x: usize, y: usize, n: i32): void {
  for (let i = 0; i < n; i += 64) {
    v128.store(y + i, v128.load(x + i));
    v128.store(y + i, v128.load(x + i, 16), 16);
    v128.store(y + i, v128.load(x + i, 32), 32);
    v128.store(y + i, v128.load(x + i, 48), 48);
  }
}
