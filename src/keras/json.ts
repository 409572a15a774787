import {isDeeper} from '../shared/depth.js';
import {reasonOf} from '../shared/reason.js';
import {KerasError} from './error.js';

export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

/** Python's own reader ends at about 1,000 levels; what goes through a configuration here calls itself at each. */
const MOST_LEVELS = 500;

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Parses an object as Python's json module writes it, which puts NaN and Infinity as bare words.
 * @throws KerasError where it is none, or nested too deep; `what` says what was parsed.
 */
export function parseObject(text: string, what: string): JsonObject {
  let value: Json;
  try {
    value = parse(text);
  } catch (error) {
    throw new KerasError(`${what} is not JSON: ${reasonOf(error)}. The file is damaged.`, {cause: error});
  }
  if (!isObject(value)) throw new KerasError(`${what}: expected a JSON object, got ${text.slice(0, 40)}.`);
  if (isDeeper(value, MOST_LEVELS)) throw new KerasError(`${what} is nested more than ${MOST_LEVELS} levels deep.`);
  return value;
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    // A string that nothing ends goes to the end of the text: looked for again at each quote, it would take hours.
    const words = /"(?:[^"\\]|\\[\s\S]?)*(?:"|$)|\bNaN\b|\bInfinity\b/g;
    const plain = text.replace(words, (word) => (word === 'NaN' ? 'null' : word === 'Infinity' ? '1e999' : word));
    return JSON.parse(plain) as Json;
  }
}
