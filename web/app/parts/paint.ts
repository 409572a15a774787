import type {Picture} from '../../lab/types';

type Rgb = [red: number, green: number, blue: number];

const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [0, 0, 0];
/** Of weights: against what they count, and for it. */
const AGAINST: Rgb = [194, 87, 12];
const FOR: Rgb = [37, 99, 196];

/** weights: from orange (negative) over white (zero) to blue; answers: black (nothing) to white. */
export type Colours = 'weights' | 'answers';

/** Colours between two, with which a picture is painted without a sum for each of its pixels. */
const STEPS = 255;

const RAMPS = {answers: ramp(BLACK, WHITE), for: ramp(WHITE, FOR), against: ramp(WHITE, AGAINST)};

/**
 * Numbers as pixels.
 * @param most the value that has the full colour.
 */
export function paint(canvas: HTMLCanvasElement, {values, width, height}: Picture, colours: Colours, most: number) {
  const image = new ImageData(width, height);
  const scale = most > 0 ? STEPS / most : 0;
  values.forEach((value, i) => {
    const colourRamp = colours === 'answers' ? RAMPS.answers : value < 0 ? RAMPS.against : RAMPS.for;
    const strength = colours === 'answers' ? Math.max(0, value) : Math.abs(value);
    const step = 3 * Math.min(STEPS, Math.round(strength * scale));
    for (let channel = 0; channel < 3; channel++) image.data[4 * i + channel] = colourRamp[step + channel];
    image.data[4 * i + 3] = 255;
  });
  canvas.getContext('2d')?.putImageData(image, 0, 0);
}

function ramp(from: Rgb, to: Rgb): Uint8Array {
  return Uint8Array.from({length: 3 * (STEPS + 1)}, (_, i) => {
    const share = Math.floor(i / 3) / STEPS;
    return Math.round(from[i % 3] + share * (to[i % 3] - from[i % 3]));
  });
}

/** The largest magnitude in some pictures. */
export function largest(pictures: readonly Picture[]): number {
  return Math.max(0, ...pictures.map(({values}) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)));
}

/** Answers that may be negative have a colour for that. */
export function coloursOf(pictures: readonly Picture[]): Colours {
  return pictures.some(({values}) => values.some((value) => value < 0)) ? 'weights' : 'answers';
}
