import {reasonOf} from '../shared/reason.js';
import {KerasError} from './error.js';

export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Parses an object as Python's json module writes it, which puts NaN and Infinity as bare words.
 * @throws KerasError where it is none; `what` says what was parsed.
 */
export function parseObject(text: string, what: string): JsonObject {
  const words = /"(?:[^"\\]|\\.)*"|\bNaN\b|\bInfinity\b/g;
  const plain = text.replace(words, (word) => (word === 'NaN' ? 'null' : word === 'Infinity' ? '1e999' : word));
  let value: Json;
  try {
    value = JSON.parse(plain) as Json;
  } catch (error) {
    throw new KerasError(`${what} is not JSON: ${reasonOf(error)}. The file is damaged.`, {cause: error});
  }
  if (!isObject(value)) throw new KerasError(`${what}: expected a JSON object, got ${text.slice(0, 40)}.`);
  return value;
}
