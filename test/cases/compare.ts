import type {Output} from './run';
import type {Tolerance} from './types';

/** Rounding in the smallest denormals is no error of a kernel's. */
const MIN_ALLOWED = 2 * 2 ** -149;

/**
 * Compares outputs, and says in one line where they differ, or undefined where they agree. Stricter than tfjs's
 * areClose: that takes any two values that are not finite as equal, and 1e-3 by default.
 */
export function difference(
  expected: readonly Output[],
  actual: readonly Output[],
  tolerance: Tolerance = {},
  signedZero = false,
): string | undefined {
  if (expected.length !== actual.length) return `expected ${expected.length} outputs, got ${actual.length}`;
  for (const [i, output] of expected.entries()) {
    const message = outputDifference(output, actual[i], tolerance, signedZero);
    if (message) return expected.length > 1 ? `output ${i}: ${message}` : message;
  }
  return undefined;
}

function outputDifference(
  expected: Output,
  actual: Output,
  tolerance: Tolerance,
  signedZero: boolean,
): string | undefined {
  if (expected.dtype !== actual.dtype) return `expected dtype ${expected.dtype}, got ${actual.dtype}`;
  if (expected.shape.length !== actual.shape.length || expected.shape.some((n, i) => n !== actual.shape[i])) {
    return `expected shape [${expected.shape}], got [${actual.shape}]`;
  }
  const size = expected.values.length;
  if (size !== actual.values.length) return `expected ${size} values, got ${actual.values.length}`;
  const inexact = expected.dtype === 'float32' || expected.dtype === 'complex64';
  const allowed = inexact ? allowance(expected.values as ArrayLike<number>, tolerance) : () => 0;
  let first: string | undefined;
  let count = 0;
  for (let i = 0; i < size; i++) {
    const e = expected.values[i];
    const a = actual.values[i];
    if (typeof e === 'number' && typeof a === 'number' ? close(e, a, allowed, signedZero) : e === a) continue;
    count++;
    first ??= `expected ${show(e)}, got ${show(a)} at ${i} of [${expected.shape}]${distance(e, a, allowed)}`;
  }
  return first && `${first}; ${count} of ${size} values differ`;
}

function close(expected: number, actual: number, allowed: (e: number) => number, signedZero: boolean): boolean {
  if (Object.is(expected, actual)) return true;
  if (expected === actual) return !signedZero;
  if (!Number.isFinite(expected) || !Number.isFinite(actual)) return false;
  return Math.abs(expected - actual) <= allowed(expected);
}

function allowance(
  expected: ArrayLike<number>,
  {relative, absolute = 0, ulp, of = 'element'}: Tolerance,
): (e: number) => number {
  const factor = relative ?? (ulp === undefined ? 1e-6 : 0);
  const largest = of === 'output' ? largestFinite(expected) : 0;
  return (e) =>
    Math.max(factor * Math.max(Math.abs(e), largest), absolute, (ulp ?? 0) * unitInLastPlace(e), MIN_ALLOWED);
}

function largestFinite(values: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    const magnitude = Math.abs(values[i]);
    if (magnitude > largest && magnitude < Number.POSITIVE_INFINITY) largest = magnitude;
  }
  return largest;
}

const float = new Float32Array(1);
const bits = new Int32Array(float.buffer);

/** The distance between float32 values next to x. */
export function unitInLastPlace(x: number): number {
  float[0] = x;
  const exponent = (bits[0] >>> 23) & 255;
  return 2 ** (Math.max(exponent, 1) - 150);
}

function distance(expected: unknown, actual: unknown, allowed: (e: number) => number): string {
  if (typeof expected !== 'number' || typeof actual !== 'number') return '';
  const off = Math.abs(expected - actual);
  if (!Number.isFinite(off) || off === 0) return '';
  const ulps = off / unitInLastPlace(expected);
  return `, off by ${off.toPrecision(3)} (${ulps.toPrecision(3)} ulp), allowed ${allowed(expected).toPrecision(3)}`;
}

function show(value: unknown): string {
  return Object.is(value, -0) ? '-0' : typeof value === 'string' ? JSON.stringify(value) : String(value);
}
