/**
 * Checks of what a kernel is called with: by tfjs-core most of it is checked already, by a call of the kernel itself
 * nothing is. Each throws an Error that says what was given and what was expected.
 */
import {type TensorInfo, util} from '@tensorflow/tfjs-core';

/** The largest number that a function of the WebAssembly module takes as a size. */
export const MAX_INT32 = 2 ** 31 - 1;

/** @throws Error unless the value is a whole number from `low` to `high`. */
export function checkWhole(op: string, name: string, value: unknown, low = 0, high = MAX_INT32): void {
  if (isWhole(value, low, high)) return;
  throw new Error(`${op}: ${name} is ${show(value)}; expected ${range('a whole number', low, high)}.`);
}

/** @throws Error unless the values are a list of whole numbers from `low` to `high`, of the given length if any. */
export function checkWholes(
  op: string,
  name: string,
  values: unknown,
  length?: number,
  low = 0,
  high = MAX_INT32,
): asserts values is number[] {
  const isList = Array.isArray(values) && (length === undefined || values.length === length);
  if (isList && values.every((value) => isWhole(value, low, high))) return;
  const count = length === undefined ? 'whole numbers' : `${length} whole numbers`;
  throw new Error(`${op}: ${name} is ${show(values)}; expected ${range(count, low, high)}.`);
}

/** The same for a list of pairs, such as paddings. */
export function checkPairs(op: string, name: string, pairs: unknown, length: number, low = 0): void {
  const isPair = (pair: unknown) =>
    Array.isArray(pair) && pair.length === 2 && pair.every((value) => isWhole(value, low, MAX_INT32));
  if (Array.isArray(pairs) && pairs.length === length && pairs.every(isPair)) return;
  throw new Error(
    `${op}: ${name} is ${show(pairs)}; expected ${range(`${length} pairs of whole numbers`, low, MAX_INT32)}.`,
  );
}

/** @throws Error unless the value is one whole number from `low` on, or a list of `length` of them. */
export function checkTuple(op: string, name: string, value: unknown, length: number, low: number): void {
  if (typeof value === 'number') checkWhole(op, name, value, low);
  else checkWholes(op, name, value, length, low);
}

/** @throws Error unless the tensor has the given number of dimensions. */
export function checkRank(op: string, name: string, {shape}: TensorInfo, rank: number): void {
  if (shape.length === rank) return;
  throw new Error(`${op}: ${name} has the shape [${shape}]; expected ${rank} dimensions.`);
}

/** @throws Error unless the tensor has the given shape. */
export function checkShape(op: string, name: string, {shape}: TensorInfo, expected: number[]): void {
  if (util.arraysEqual(shape, expected)) return;
  throw new Error(`${op}: ${name} has the shape [${shape}]; expected [${expected}].`);
}

/**
 * The axes of a shape that an attribute names, all of them if it is null or undefined; negative ones count from the last.
 *
 * @throws Error if one is not an axis of the shape.
 */
export function axesOf(op: string, axis: number | number[] | null | undefined, shape: number[]): number[] {
  const axes = util.parseAxisParam(axis as number | number[], shape);
  for (const one of axes) checkWhole(op, 'an axis', one, 0, shape.length - 1);
  return axes;
}

/** The same for an attribute that names one axis. */
export function axisOf(op: string, axis: number | number[], shape: number[]): number {
  const [first] = axesOf(op, axis, shape);
  checkWhole(op, 'the axis', first, 0, shape.length - 1);
  return first;
}

function isWhole(value: unknown, low: number, high: number): value is number {
  return Number.isInteger(value) && (value as number) >= low && (value as number) <= high;
}

function range(what: string, low: number, high: number): string {
  if (high < MAX_INT32) return `${what} from ${low} to ${high}`;
  return low <= -MAX_INT32 ? `${what} of 32 bits` : `${what} from ${low} on, of 32 bits`;
}

/** A value as a message shows it: lists in brackets. */
function show(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(show).join(', ')}]`;
  return typeof value === 'string' ? `'${value}'` : String(value);
}
