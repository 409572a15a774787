/** How one image is moved; Keras's names. All of it at its default leaves the image as it is. */
export interface TransformParameters {
  /** Rotation in degrees. */
  theta: number;
  /** Shift along the width, in pixels: pixel x is taken from about x + tx. */
  tx: number;
  /** Shift along the height, in pixels. */
  ty: number;
  /** Shear angle in degrees. */
  shear: number;
  /** Zoom along the width: below 1 enlarges. */
  zx: number;
  /** Zoom along the height. */
  zy: number;
  /** Mirrored left to right, after all else. */
  flipHorizontal: boolean;
  /** Mirrored top to bottom, after all else. */
  flipVertical: boolean;
}

/**
 * Where the pixel (x, y) of the output is taken from, as the row that `tf.image.transform` reads: input x = a x + b y + c,
 * input y = d x + e y + f, pixel centres at whole numbers.
 *
 * As Keras composes it: rotation, shift, shear, zoom, in this order from the left, about the image's centre
 * ((width - 1) / 2, (height - 1) / 2); and on its right the mirroring, which comes last.
 */
export function affineRow(parameters: TransformParameters, height: number, width: number): number[] {
  const {tx, ty, zx, zy, flipHorizontal, flipVertical} = parameters;
  const [theta, shear] = [radians(parameters.theta), radians(parameters.shear)];
  const [cos, sin] = [Math.cos(theta), Math.sin(theta)];
  const [shearX, shearY] = [-Math.sin(shear), Math.cos(shear)];
  const [mirrorX, mirrorY] = [flipHorizontal ? -1 : 1, flipVertical ? -1 : 1];
  const a = cos * zx * mirrorX;
  const b = (cos * shearX - sin * shearY) * zy * mirrorY;
  const d = sin * zx * mirrorX;
  const e = (sin * shearX + cos * shearY) * zy * mirrorY;
  const [centerX, centerY] = [(width - 1) / 2, (height - 1) / 2];
  const c = centerX - a * centerX - b * centerY + cos * tx - sin * ty;
  const f = centerY - d * centerX - e * centerY + sin * tx + cos * ty;
  return [a, b, c, d, e, f, 0, 0];
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
