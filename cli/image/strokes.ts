/** The mean width of what a mask [height, width] of 0 and 1 shows, in pixels: two edges go along each stroke. */
export function strokeWidth(mask: Uint8Array, width: number): number {
  let area = 0;
  let edge = 0;
  mask.forEach((inside, i) => {
    if (inside === 0) return;
    area++;
    const sides = [i - 1, i + 1, i - width, i + width];
    if (sides.some((side) => mask[side] !== 1)) edge++;
  });
  return (2 * area) / Math.max(1, edge);
}

/** The mask and all within `radius` of it, by rows, then by columns. */
export function grow(mask: Uint8Array, width: number, radius: number): Uint8Array {
  const height = mask.length / width;
  const along = (source: Uint8Array, step: number, length: number, startOf: (line: number) => number) => {
    const result = new Uint8Array(source.length);
    for (let line = 0; line < source.length / length; line++) {
      const start = startOf(line);
      let last = -Infinity;
      let ahead = 0;
      for (let i = 0; i < length; i++) {
        for (; ahead < length && ahead <= i + radius; ahead++) if (source[start + ahead * step] === 1) last = ahead;
        if (last >= i - radius) result[start + i * step] = 1;
      }
    }
    return result;
  };
  const wide = along(mask, 1, width, (line) => line * width);
  return along(wide, width, height, (line) => line);
}
