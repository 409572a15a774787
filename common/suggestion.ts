import {closestMatch} from 'leven';

/** Words of fewer letters are near to anything. */
const SHORTEST = 3;

/** The one of some names that a wrong one was probably meant to be: it begins so, or two letters in five are others at most. */
function nearest(word: string, known: readonly string[]): string | undefined {
  const lower = word.toLowerCase();
  if (lower.length < SHORTEST) return undefined;
  const begun = known.find((name) => name.toLowerCase().startsWith(lower));
  return begun ?? closestMatch(lower, known, {maxDistance: Math.min(3, Math.ceil(0.4 * lower.length))});
}

/** `Did you mean lenet?`, or nothing where no name is near. */
export function didYouMean(word: string, known: readonly string[]): string {
  const name = nearest(word, known);
  return name === undefined ? '' : `Did you mean ${name}?`;
}

/** All names that there are, and which was probably meant. */
export function knownNames(word: string, known: readonly string[]): string {
  const hint = didYouMean(word, known);
  return `known: ${known.join(', ')}${hint && `. ${hint}`}`;
}
