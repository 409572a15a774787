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

/** How far each pixel of a mask [height, width] of 0 and 1 is from the nearest 0, in pixels: sides 1, corners 4/3. */
export function depths(mask: Uint8Array, width: number): Float32Array {
  const depth = new Float32Array(mask.length);
  for (let i = 0; i < mask.length; i++) depth[i] = mask[i] === 0 ? 0 : 1e9;
  const near = (i: number, other: number, step: number) => {
    // Beyond the picture nothing is known.
    if (other >= 0 && other < depth.length) depth[i] = Math.min(depth[i], depth[other] + step);
  };
  const pass = (i: number, back: number) => {
    const x = i % width;
    near(i, i + back * width, 1);
    const [first, last] = back < 0 ? [0, width - 1] : [width - 1, 0];
    if (x !== first) {
      near(i, i + back, 1);
      near(i, i + back * width + back, 4 / 3);
    }
    if (x !== last) near(i, i + back * width - back, 4 / 3);
  };
  for (let i = 0; i < depth.length; i++) if (depth[i] > 0) pass(i, -1);
  for (let i = depth.length - 1; i >= 0; i--) if (depth[i] > 0) pass(i, 1);
  return depth;
}
