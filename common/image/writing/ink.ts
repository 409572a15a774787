import {withoutLines} from './lines';
import {otsuThreshold, valuesWithin} from './threshold';

/** Steps of 255 between ink and paper: faint pencil has some 40. */
const MIN_CONTRAST = 24;
/** How much more than the noise of the paper. */
const MIN_SIGNAL = 3;
/** The same, of ink on a few pixels of a thousand. */
const RARE_SIGNAL = 5;

/** What differs from the paper. */
export interface Ink {
  /** [height, width], 0 paper to 1 ink. */
  values: Float32Array;
  mask: Uint8Array;
  width: number;
  /** Where it was looked for, as a mask; everywhere by default. */
  area?: Uint8Array;
  /** Steps of 255 between ink and paper. */
  contrast: number;
}

/**
 * What of the values [height, width] is ink, without printed lines; undefined where nothing stands out from the noise.
 *
 * @param values how far each pixel is from the paper, in steps of 255.
 * @param area a mask: where it is looked for; everywhere by default.
 */
export function inkOf(values: Float32Array, width: number, area?: Uint8Array): Ink | undefined {
  const used = valuesWithin(values, area);
  const {threshold, ink, noise} = inkParting(used);
  if (ink < MIN_CONTRAST || ink < MIN_SIGNAL * noise) return undefined;
  let mask = above(values, threshold, area);
  if (withoutLines(mask, width) !== undefined) {
    // Lines are mostly paler than the ink. What is as dark is taken out by its form.
    mask = above(values, otsuThreshold(used.filter((value) => value > threshold)), area);
    mask = withoutLines(mask, width) ?? mask;
  }
  const shares = new Float32Array(values.length);
  for (let i = 0; i < shares.length; i++) if (area?.[i] !== 0) shares[i] = values[i] / ink;
  return {values: shares, mask, width, area, contrast: ink};
}

/** What a threshold makes of values. */
interface Parting {
  threshold: number;
  /** The mean of what is above. */
  ink: number;
  /** The root mean square of the rest. */
  noise: number;
}

/** By Otsu's threshold; where ink is so rare that this parts the paper's noise, by half of what is far above the noise. */
function inkParting(values: Float32Array): Parting {
  const parting = partingAt(values, otsuThreshold(values));
  if (parting.ink >= MIN_SIGNAL * parting.noise) return parting;
  const {noise} = partingAt(values, Infinity);
  const limit = RARE_SIGNAL * noise;
  const {ink: rare} = partingAt(values, limit);
  return rare > 0 ? partingAt(values, Math.max(limit, rare / 2)) : parting;
}

function partingAt(values: Float32Array, threshold: number): Parting {
  let sum = 0;
  let squares = 0;
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value > threshold) {
      sum += value;
      count++;
    } else squares += value * value;
  }
  return {
    threshold,
    ink: sum / Math.max(1, count),
    noise: Math.sqrt(squares / Math.max(1, values.length - count)),
  };
}

function above(values: Float32Array, threshold: number, area?: Uint8Array): Uint8Array {
  const mask = new Uint8Array(values.length);
  for (let i = 0; i < mask.length; i++) if (values[i] > threshold && area?.[i] !== 0) mask[i] = 1;
  return mask;
}
