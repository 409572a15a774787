/** Digits in the hash of the page's address: `#digits=1` and their bytes, deflated, in base64url. */
import {fromBase64Url, through, toBase64Url} from '../links/bytes';
import {texts} from '../texts';
import type {LabelledDigit} from './digits';
import {packDigits, unpackDigits} from './pack';

const PREFIX = '#digits=';
const VERSION = '1';
/** Digits of a link: what lets it pass through most messengers. */
export const MOST_LINKED = 200;
/** Characters of a link's hash; a digit has about 70. */
const MOST_CHARACTERS = 65_536;
/** Bytes of a digit that covers all of its image. */
const MOST_BYTES = MOST_LINKED * 201;

export function isDigitsLink(hash: string): boolean {
  return hash.startsWith(PREFIX);
}

/** The hash that carries the digits. */
export async function digitsLink(digits: readonly LabelledDigit[]): Promise<string> {
  const bytes = await through(new CompressionStream('deflate-raw'), packDigits(digits), MOST_CHARACTERS, tooLong);
  return `${PREFIX}${VERSION}${toBase64Url(bytes)}`;
}

/**
 * The digits that a hash carries.
 * @throws Error where it carries none: cut off, changed, of another version, or too many.
 */
export async function digitsOfLink(hash: string): Promise<LabelledDigit[]> {
  if (hash.length > MOST_CHARACTERS) throw tooLong();
  const version = hash[PREFIX.length];
  if (version === undefined) throw new Error(texts.own.linkDamaged);
  if (version !== VERSION) throw new Error(texts.own.linkVersion(version));
  const digits = unpackDigits(await inflated(hash.slice(PREFIX.length + 1)));
  if (!digits || digits.length === 0) throw new Error(texts.own.linkDamaged);
  if (digits.length > MOST_LINKED) throw tooLong();
  return digits;
}

async function inflated(text: string): Promise<Uint8Array> {
  const error = tooLong();
  try {
    const bytes = fromBase64Url(text);
    return await through(new DecompressionStream('deflate-raw'), bytes, MOST_BYTES, () => error);
  } catch (cause) {
    throw cause === error ? error : new Error(texts.own.linkDamaged, {cause});
  }
}

function tooLong(): Error {
  return new Error(texts.own.linkTooLong(MOST_LINKED));
}

/**
 * The latest digits whose link is no longer than a code holds.
 *
 * @param addressOf the whole address with a hash.
 */
export async function latestThatFit(
  digits: readonly LabelledDigit[],
  addressOf: (hash: string) => string,
  characters: number,
): Promise<{count: number; address: string} | undefined> {
  let best: {count: number; address: string} | undefined;
  let [low, high] = [1, Math.min(digits.length, MOST_LINKED)];
  // Bisected: more digits make longer links.
  while (low <= high) {
    const count = (low + high) >> 1;
    const address = addressOf(await digitsLink(digits.slice(-count)));
    if (address.length <= characters) {
      best = {count, address};
      low = count + 1;
    } else high = count - 1;
  }
  return best;
}
