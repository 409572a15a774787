import {areaAverage, type Raster} from '../raster';
import {type Attempt, type Writing, writtenBy} from './attempt';
import {colourValues} from './colour';
import {isEnclosed} from './enclosed';
import {type Ink, inkOf} from './ink';
import {againstLocalPaper, mainAxis} from './local-paper';
import {NoDigitError} from './no-digit';
import {crosses} from './surface-edges';
import {surfaces} from './surfaces';

/** Of the picture's outline: where ink covers more of it, the outline may not be paper. */
const MAX_CONTACT = 0.02;
/** Of a digit's height: few of MNIST's strokes are thicker. */
const MAX_THICKNESS = 0.24;
/** Where nothing but one surface is looked at, bold ones are no doubt. */
const MAX_THICKNESS_ON_SURFACE = 0.36;
/** Of the picture's outline: what covers more is no writing. */
const MAX_EDGE = 0.075;
/** What speaks against an attempt that sees the edges of shadows too. */
const LOCAL_DOUBT = 0.04;
/** Of the strongest: fainter marks on another surface are its grain. */
const MIN_LIKE_CONTRAST = 0.4;
/** Pixels of a side: below there are no more to average. */
const NOISY_SIDE = 160;
const LOCAL = ['dark', 'light'] as const;

/**
 * Finds the writing on a picture [height, width, 3] of 0 .. 255, in whatever colour.
 *
 * The paper is a smooth surface through the picture's border first. Where that leaves what is no writing (the border is a
 * frame or partly in shadow, the paper is ruled), each pixel is compared with the paper around it; and where the picture
 * shows several surfaces (a sheet on a desk, two halves), each is looked at by itself.
 *
 * Where it is lost in noise, a copy of half the size is looked at: what is returned may be smaller than the picture.
 *
 * @throws NoDigitError where there is nothing to see, or nothing that may be a digit.
 */
export function findWriting(picture: Raster): Writing {
  const written = onSurfaces(picture, surfaces(picture));
  if (written !== undefined) return written;
  const {width, height} = picture;
  const smooth = inkOf(colourValues(picture), width);
  const first = smooth && writtenBy(smooth);
  if (isSound(first)) return first;
  const grey = mainAxis(picture);
  const local = LOCAL.map((ink) => inkOf(againstLocalPaper(grey, width, ink), width));
  const likely = [first, ...local.map((ink) => ink && writtenBy(ink, LOCAL_DOUBT))].filter(isWriting);
  const [best] = likely
    .filter((one) => !likely.some((other) => isWithin(one, other)))
    .sort((a, b) => doubt(a) - doubt(b));
  if (best !== undefined) return best;
  if (Math.max(width, height) < NOISY_SIDE) throw [smooth, ...local].some(Boolean) ? noDigit() : blank();
  // Half the size has half the noise.
  const whole = {left: 0, top: 0, width, height};
  return findWriting(areaAverage(picture, whole, Math.ceil(width / 2), Math.ceil(height / 2)));
}

/** What speaks against an attempt: surfaces in place of strokes, along the picture's edge. */
function doubt({thickness, contact, bias}: Attempt): number {
  return thickness + contact + bias;
}

/** Whether all that one attempt takes for digits is enclosed by digits of another. */
function isWithin(one: Attempt, other: Attempt): boolean {
  if (one === other || one.width !== other.width) return false;
  return one.rows.flat().every((shape) => other.rows.flat().some((digit) => isEnclosed(shape, digit, one.width)));
}

/** What covers more of the edge is a shadow, or the desk; a digit within it is no counter of one. */
function isWriting(attempt: Attempt | undefined): attempt is Attempt {
  return attempt !== undefined && attempt.contact <= MAX_EDGE;
}

function isSound(attempt: Attempt | undefined): attempt is Attempt {
  return attempt !== undefined && attempt.contact <= MAX_CONTACT && attempt.thickness <= MAX_THICKNESS;
}

/**
 * The ink of all surfaces that show writing, whatever the colours of each. Undefined where there is none, or where some of it
 * goes over the edge of a surface: that may be the edge of a shadow.
 */
function onSurfaces(picture: Raster, areas: Uint8Array[]): Attempt | undefined {
  const inks: Ink[] = [];
  for (const area of areas) {
    const ink = inkOf(colourValues(picture, area), picture.width, area);
    if (ink === undefined) continue;
    if (crosses(ink.mask, area, ink.width)) return undefined;
    const written = writtenBy(ink);
    if (written !== undefined && written.thickness <= MAX_THICKNESS_ON_SURFACE) inks.push(ink);
  }
  const most = Math.max(0, ...inks.map(({contrast}) => contrast));
  const written = inks.filter(({contrast}) => contrast >= MIN_LIKE_CONTRAST * most);
  if (written.length < 2) return written[0] && writtenBy(written[0]);
  const values = written[0].values.map((_, i) => written.reduce((sum, ink) => sum + ink.values[i], 0));
  const mask = written[0].mask.map((_, i) => Number(written.some((ink) => ink.mask[i] === 1)));
  const area = written[0].mask.map((_, i) => Number(written.some((ink) => ink.area?.[i] === 1)));
  return writtenBy({...written[0], values, mask, area});
}

function blank(): NoDigitError {
  return new NoDigitError('no digit found: the image is blank, nothing on it stands out from its background');
}

function noDigit(): NoDigitError {
  return new NoDigitError(
    'no digit found: what stands out from the background is no digit (a surface, a line or a spot)',
  );
}
