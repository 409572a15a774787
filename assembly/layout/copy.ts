/** Moves `bytes` bytes from x to y; the ranges may overlap. */
export function copy_bytes(x: usize, y: usize, bytes: usize): void {
  memory.copy(y, x, bytes);
}

/** Sets `bytes` bytes from y on to zero. */
export function zero_bytes(y: usize, bytes: usize): void {
  memory.fill(y, 0, bytes);
}
