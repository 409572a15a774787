/**
 * Red, green, blue and opacity with paper behind what is transparent: white where the writing is dark, black where it is light.
 *
 * @returns the same array where no pixel is transparent.
 */
export function opaque(rgba: Uint8Array): Uint8Array {
  const paper = paperBehind(rgba);
  if (paper === undefined) return rgba;
  return rgba.map((value, i) => {
    const opacity = rgba[i | 3] / 255;
    return Math.round(value * opacity + paper * (1 - opacity));
  });
}

/** undefined where no pixel is transparent. */
function paperBehind(rgba: Uint8Array): number | undefined {
  let light = 0;
  let opacity = 0;
  for (let i = 0; i < rgba.length; i += 4) {
    light += rgba[i + 3] * (rgba[i] + rgba[i + 1] + rgba[i + 2]);
    opacity += rgba[i + 3];
  }
  if (opacity === 255 * (rgba.length / 4)) return undefined;
  return light / Math.max(1, 3 * opacity) < 128 ? 255 : 0;
}
