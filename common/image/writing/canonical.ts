import type {DecodedImage} from './picture';

const SIDE = 28;
/** The digits of MNIST are scaled to this box; rounding left a few of its 70,000 images one pixel smaller. */
const BOX = 20;
/** Of a JPEG's noise, and of an antialiased edge's. */
const VISIBLE = 24;
/** Pixels; 0.6 in MNIST's own images. */
const MAX_OFF_CENTRE = 1;

/**
 * The pixels of an image that is in MNIST's form already: 28x28, grey, opaque, light on black, the digit as large as the
 * box of 20 pixels, its centre of mass in the middle. All 70,000 of MNIST's images are.
 */
export function canonicalPixels({rgba, width, height}: DecodedImage): Uint8Array | undefined {
  if (width !== SIDE || height !== SIDE) return undefined;
  const pixels = Uint8Array.from({length: SIDE * SIDE}, (_, i) => rgba[4 * i]);
  const isGreyAndOpaque = pixels.every(
    (value, i) => rgba[4 * i + 1] === value && rgba[4 * i + 2] === value && rgba[4 * i + 3] === 255,
  );
  return isGreyAndOpaque && isPlaced(pixels) ? pixels : undefined;
}

function isPlaced(pixels: Uint8Array): boolean {
  let mass = 0;
  const moments = [0, 0];
  const lows = [SIDE, SIDE];
  const highs = [-1, -1];
  let brightest = 0;
  pixels.forEach((value, i) => {
    if (value < VISIBLE) return;
    brightest = Math.max(brightest, value);
    mass += value;
    [i % SIDE, Math.floor(i / SIDE)].forEach((position, axis) => {
      moments[axis] += value * position;
      lows[axis] = Math.min(lows[axis], position);
      highs[axis] = Math.max(highs[axis], position);
    });
  });
  const longest = Math.max(highs[0] - lows[0], highs[1] - lows[1]) + 1;
  const centred = moments.every((moment) => Math.abs(moment / mass - SIDE / 2) <= MAX_OFF_CENTRE);
  return brightest >= 128 && longest >= BOX - 2 && longest <= BOX && centred;
}
