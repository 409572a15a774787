/** The visitor's own digits. */

export const SIDE = 28;
export const PIXELS = SIDE * SIDE;
/** That are kept: more than a class writes in a lesson. */
export const MOST_OWN = 1000;
/** One of so many is held back for the test. */
const OF_TEST = 3;
/** Held back, below which a share of them says nothing. */
export const FEWEST_HELD = 5;
/** With which there are so many held back. */
export const FEWEST_OWN = OF_TEST * FEWEST_HELD;

/** A digit with what it is. */
export interface LabelledDigit {
  /** [784], 0 background to 255 ink. */
  pixels: Uint8Array;
  label: number;
}

export interface OwnDigit extends LabelledDigit {
  id: number;
  /** Held back for the test: the network never learns from it. It stays so, whatever else is removed. */
  held: boolean;
}

/**
 * The digits with more of them at their end: every third is held back.
 *
 * @param now milliseconds, of which the new ones get their ids.
 */
export function withMore(all: readonly OwnDigit[], more: readonly LabelledDigit[], now = Date.now()): OwnDigit[] {
  const result = [...all];
  let held = all.filter((digit) => digit.held).length;
  let id = Math.max(now, ...all.map((digit) => digit.id + 1));
  for (const {pixels, label} of more) {
    const isHeld = OF_TEST * (held + 1) <= result.length + 1;
    if (isHeld) held++;
    result.push({id: id++, pixels, label, held: isHeld});
  }
  return result;
}

/** Steps of ink that a link can carry. */
export const STEPS = 3;
export const INK = 255;

/** Those that are not there yet, by what a link carries of them: one that is opened twice adds its digits once. */
export function notYetIn(all: readonly LabelledDigit[], more: readonly LabelledDigit[]): LabelledDigit[] {
  const key = ({pixels, label}: LabelledDigit) => `${label}:${pixels.map(stepOf).join('')}`;
  const known = new Set(all.map(key));
  return more.filter((digit) => {
    const isNew = !known.has(key(digit));
    known.add(key(digit));
    return isNew;
  });
}

/** How much ink a pixel has, in steps of a link. */
export function stepOf(value: number): number {
  return Math.round((STEPS * value) / INK);
}
