/** Copies `bytes` bytes from x to y; the ranges may overlap. */
export function copy_bytes(x: usize, y: usize, bytes: usize): void {
  memory.copy(y, x, bytes);
}

/** A call of memory.copy or memory.fill costs some 20 ns: below this, a loop is faster. */
const MIN_BULK: usize = 512;

/** Copies `bytes` bytes from x to y, and writes nothing past them; the ranges must not overlap. */
// @ts-ignore: decorator
@inline
export function copyRun(x: usize, y: usize, bytes: usize): void {
  if (bytes >= MIN_BULK) memory.copy(y, x, bytes);
  else copyShort(x, y, bytes);
}

// @ts-ignore: decorator
@inline
function copyShort(x: usize, y: usize, bytes: usize): void {
  if (bytes >= 16) {
    // The last vector overlaps the one before it.
    const last = bytes - 16;
    const lastX = x + last;
    const lastY = y + last;
    while (x < lastX) {
      v128.store(y, v128.load(x));
      x += 16;
      y += 16;
    }
    v128.store(lastY, v128.load(lastX));
    return;
  }
  if (bytes & 8) {
    store<u64>(y, load<u64>(x));
    x += 8;
    y += 8;
  }
  if (bytes & 4) {
    store<u32>(y, load<u32>(x));
    x += 4;
    y += 4;
  }
  while (bytes & 3) {
    store<u8>(y++, load<u8>(x++));
    bytes--;
  }
}

/** Copies `count` runs of `bytes` bytes, which begin every xPitch bytes, to y, where they are contiguous. */
export function copyRuns(x: usize, y: usize, bytes: usize, count: i32, xPitch: usize): void {
  while (count > 0) {
    copyRun(x, y, bytes);
    x += xPitch;
    y += bytes;
    count--;
  }
}

/** Fills `bytes` bytes from y on with the four bytes of `pattern`; these are equal if `bytes` is no multiple of 4. */
export function fillRun(y: usize, pattern: i32, bytes: usize): void {
  const end = y + bytes;
  const vector = i32x4.splat(pattern);
  while (y + 16 <= end) {
    v128.store(y, vector);
    y += 16;
  }
  while (y + 4 <= end) {
    store<i32>(y, pattern);
    y += 4;
  }
  while (y < end) store<u8>(y++, <u8>pattern);
}

/** Writes the `bytes` bytes at x to y, `count` times one after another. */
export function repeatRun(x: usize, y: usize, bytes: usize, count: i32): void {
  const end = y + bytes * <usize>count;
  const first = y;
  // Short runs are copied one by one until there are enough of them for bulk copies, whose source is then in the cache.
  const enough = min<usize>(end, bytes >= MIN_BULK ? y : y + 16 * MIN_BULK);
  while (y < enough) {
    copyShort(x, y, bytes);
    y += bytes;
  }
  if (y > first) {
    x = first;
    bytes = y - first;
  }
  // `y + bytes` may be past 2^32, where `end` is near it.
  while (end - y >= bytes) {
    memory.copy(y, x, bytes);
    y += bytes;
  }
  if (y < end) memory.copy(y, x, end - y);
}
