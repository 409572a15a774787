import type {FillMode, TransformParameters} from 'mnist-wasm/training';

type Matrix = number[][];

const product = (a: Matrix, b: Matrix): Matrix =>
  a.map((row) => b[0].map((_, j) => row.reduce((sum, value, k) => sum + value * b[k][j], 0)));

/**
 * apply_affine_transform and flip_axis of keras/src/legacy/preprocessing/image.py in float64, as they are documented: on
 * (x, y), tx along the width, about the image's centre. For one image [height][width][channels]; NaN where rounding
 * tells whether a pixel is within the image or not, and that matters.
 */
export function kerasTransform(
  pixels: ArrayLike<number>,
  [height, width, channels]: [number, number, number],
  parameters: TransformParameters,
  fillMode: FillMode,
  cval: number,
): number[] {
  const {tx, ty, zx, zy, flipHorizontal, flipVertical} = parameters;
  const theta = (parameters.theta / 180) * Math.PI;
  const shear = (parameters.shear / 180) * Math.PI;
  const [oX, oY] = [width / 2 - 0.5, height / 2 - 0.5];
  const matrix = [
    [
      [1, 0, oX],
      [0, 1, oY],
      [0, 0, 1],
    ],
    [
      [Math.cos(theta), -Math.sin(theta), 0],
      [Math.sin(theta), Math.cos(theta), 0],
      [0, 0, 1],
    ],
    [
      [1, 0, tx],
      [0, 1, ty],
      [0, 0, 1],
    ],
    [
      [1, -Math.sin(shear), 0],
      [0, Math.cos(shear), 0],
      [0, 0, 1],
    ],
    [
      [zx, 0, 0],
      [0, zy, 0],
      [0, 0, 1],
    ],
    [
      [1, 0, -oX],
      [0, 1, -oY],
      [0, 0, 1],
    ],
  ].reduce(product);
  const out: number[] = [];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      // The flips come last: what is shown at a pixel was computed at its mirror image.
      const output = [[flipHorizontal ? width - 1 - column : column], [flipVertical ? height - 1 - row : row], [1]];
      const [[x], [y]] = product(matrix, output);
      for (let channel = 0; channel < channels; channel++) {
        const at = (i: number, j: number) => pixels[(i * width + j) * channels + channel];
        out.push(sample(at, y, x, height, width, fillMode, cval));
      }
    }
  }
  return out;
}

/** scipy.ndimage.affine_transform's order 1 and modes; wrap is tf.image.transform's. */
function sample(
  at: (row: number, column: number) => number,
  y: number,
  x: number,
  height: number,
  width: number,
  fillMode: FillMode,
  cval: number,
): number {
  const isRounded = (position: number, edge: number) => position !== edge && Math.abs(position - edge) < 1e-4;
  const isUndecided = isRounded(y, 0) || isRounded(x, 0) || isRounded(y, height - 1) || isRounded(x, width - 1);
  if (isUndecided && (fillMode === 'constant' || fillMode === 'wrap')) return Number.NaN;
  const isOutside = y < 0 || x < 0 || y > height - 1 || x > width - 1;
  if (fillMode === 'constant' && isOutside) return cval;
  const [rows, columns] = [neighbours(y, height, fillMode), neighbours(x, width, fillMode)];
  let sum = 0;
  for (const [row, share] of rows) for (const [column, part] of columns) sum += share * part * at(row, column);
  return sum;
}

/** The two pixels that a position lies between, each with its share. */
function neighbours(position: number, size: number, fillMode: FillMode): [number, number][] {
  if (fillMode === 'nearest') return between(Math.min(Math.max(position, 0), size - 1), size);
  if (fillMode === 'wrap') {
    const inside = ((position % size) + size) % size;
    return inside > size - 1 ? [[position < 0 ? size - 1 : 0, 1]] : between(inside, size);
  }
  const mirrored = (index: number) => {
    const inside = ((index % (2 * size)) + 2 * size) % (2 * size);
    return inside < size ? inside : 2 * size - 1 - inside;
  };
  const low = Math.floor(position);
  return [
    [mirrored(low), low + 1 - position],
    [mirrored(low + 1), position - low],
  ];
}

function between(position: number, size: number): [number, number][] {
  const low = Math.floor(position);
  return [
    [low, low + 1 - position],
    [Math.min(low + 1, size - 1), position - low],
  ];
}
