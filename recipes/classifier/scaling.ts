import type {ImageInput} from './image-input';

/** What a model makes of a pixel before it computes: the range of the numbers, and which of ink and paper is bright. */
export interface Scaling {
  scale: ScaleName;
  polarity: Polarity;
}

export const POLARITIES = ['white-on-black', 'black-on-white'] as const;
export type Polarity = (typeof POLARITIES)[number];

/** Of MNIST's 60,000 training images, of pixels from 0 to 1. */
const MEAN = 0.1307;
const DEVIATION = 0.3081;

interface Scale {
  title: string;
  /** Of a pixel from 0 to 255. */
  of(pixel: number): number;
}

/** The ranges that people train on, the usual first: of two that do as well, the first is taken. */
const SCALES = {
  '0..1': {title: '0..1', of: (pixel) => pixel / 255},
  '0..255': {title: '0..255', of: (pixel) => pixel},
  '-1..1': {title: '-1..1', of: (pixel) => pixel / 127.5 - 1},
  centred: {title: '-0.5..0.5 (centred)', of: (pixel) => pixel / 255 - 0.5},
  standardised: {
    title: `standardised: (x - ${MEAN}) / ${DEVIATION} of x from 0..1`,
    of: (pixel) => (pixel / 255 - MEAN) / DEVIATION,
  },
  'mean-subtracted': {title: `x - ${MEAN} of x from 0..1`, of: (pixel) => pixel / 255 - MEAN},
  'mean-subtracted-255': {title: 'x - 33.3 of x from 0..255', of: (pixel) => pixel - 255 * MEAN},
  '-128..127': {title: '-128..127', of: (pixel) => pixel - 128},
  binary: {title: '0 or 1, whichever is nearer', of: (pixel) => (pixel > 127 ? 1 : 0)},
  imagenet: {title: 'standardised as ImageNet (torch)', of: (pixel) => (pixel / 255 - 0.449) / 0.226},
} satisfies Record<string, Scale>;

export type ScaleName = keyof typeof SCALES;

export const SCALE_NAMES = Object.keys(SCALES) as ScaleName[];

/** Those that few models are trained on: they must be clearly better than others. */
export const RARE: readonly ScaleName[] = ['mean-subtracted', 'mean-subtracted-255', '-128..127', 'binary', 'imagenet'];

/** What MNIST has, and what the recipes are trained on. */
export const USUAL_SCALING: Scaling = {scale: '0..1', polarity: 'white-on-black'};

export function scalingTitle({scale, polarity}: Scaling): string {
  return `pixels ${SCALES[scale].title}, ${polarity.replaceAll('-', ' ')}`;
}

/** What each of the 256 pixels becomes, as float32: divided, not multiplied by 1/255, as `toTensors` does. */
export function tableOf({scale, polarity}: Scaling): Float32Array {
  const {of} = SCALES[scale];
  return Float32Array.from({length: 256}, (_, pixel) => of(polarity === 'white-on-black' ? pixel : 255 - pixel));
}

/**
 * All scalings that fit what is forced, the usual first; of whole numbers for a model that takes those, and ImageNet's for one
 * that takes three channels.
 */
export function scalingsOf(
  forced: Partial<Scaling>,
  {dtype, channels}: Pick<ImageInput, 'dtype' | 'channels'>,
): Scaling[] {
  const fitting = SCALE_NAMES.filter((name) => channels === 3 || name !== 'imagenet');
  const scales = forced.scale === undefined ? fitting : [forced.scale];
  const polarities = forced.polarity === undefined ? POLARITIES : [forced.polarity];
  const all = scales.flatMap((scale) => polarities.map((polarity) => ({scale, polarity})));
  if (dtype === 'float32' || forced.scale !== undefined) return all;
  return all.filter((scaling) => tableOf(scaling).every(Number.isInteger));
}
