import type {Output} from './output';
import {type ErrorUnit, type ToleranceTerm, toleranceTerms} from './tolerance';
import type {Tolerance} from './types';

/** Rounding in the smallest denormals is no error of a kernel's. */
const MIN_ALLOWED = 2 * 2 ** -149;

/** How far a result is off. */
export interface MeasuredError {
  /** In `unit`; Infinity for what no number tells: a NaN, an infinity, a zero of the other sign, another shape. */
  error: number;
  /** In the same unit. */
  allowed: number;
  /** The one by which the tolerance allows the most at the element in question. */
  unit: ErrorUnit;
  /** The error as a share of what is allowed; above 1 it is too large. */
  share: number;
}

export interface Comparison {
  /** The error of the element that comes closest to what is allowed, or goes furthest beyond it. */
  worst: MeasuredError;
  /** Where the outputs differ by more than is allowed, in one line; undefined where they agree. */
  message: string | undefined;
}

/** What `compare` says of outputs that differ, or undefined where they agree. */
export function difference(
  expected: readonly Output[],
  actual: readonly Output[],
  tolerance?: Tolerance,
  signedZero?: boolean,
): string | undefined {
  return compare(expected, actual, tolerance, signedZero).message;
}

/**
 * Compares outputs. Stricter than tfjs's areClose: that takes any two values that are not finite as equal, and 1e-3 by
 * default.
 */
export function compare(
  expected: readonly Output[],
  actual: readonly Output[],
  tolerance: Tolerance = {},
  signedZero = false,
): Comparison {
  if (expected.length !== actual.length) return mismatch(`expected ${expected.length} outputs, got ${actual.length}`);
  const found = expected.map((output, i) => compareOutput(output, actual[i], tolerance, signedZero));
  const i = found.findIndex(({message}) => message !== undefined);
  const message = found[i]?.message;
  return {
    worst: worstOf(found.map(({worst}) => worst)) ?? NOTHING,
    message: message && found.length > 1 ? `output ${i}: ${message}` : message,
  };
}

/** The error that takes the largest share of what is allowed for it; undefined of none. */
export function worstOf(errors: readonly MeasuredError[]): MeasuredError | undefined {
  const [first, ...others] = errors;
  return others.reduce((worst, next) => (worse(next, worst) ? next : worst), first);
}

/** Of two that are no error, the one that might have been a small one tells more. */
function worse(a: MeasuredError, b: MeasuredError): boolean {
  return a.share !== b.share ? a.share > b.share : a.unit !== 'exact' && b.unit === 'exact';
}

const NOTHING: MeasuredError = {error: 0, allowed: 0, unit: 'exact', share: 0};

function mismatch(message: string): Comparison {
  return {worst: {...NOTHING, error: Number.POSITIVE_INFINITY, share: Number.POSITIVE_INFINITY}, message};
}

function compareOutput(expected: Output, actual: Output, tolerance: Tolerance, signedZero: boolean): Comparison {
  if (expected.dtype !== actual.dtype) return mismatch(`expected dtype ${expected.dtype}, got ${actual.dtype}`);
  if (expected.shape.length !== actual.shape.length || expected.shape.some((n, i) => n !== actual.shape[i])) {
    return mismatch(`expected shape [${expected.shape}], got [${actual.shape}]`);
  }
  const size = expected.values.length;
  if (size !== actual.values.length) return mismatch(`expected ${size} values, got ${actual.values.length}`);
  const scales = scalesOf(expected, tolerance);
  const [{unit, allowed}] = scales;
  let worst: MeasuredError = {...NOTHING, unit, allowed};
  let first: string | undefined;
  let count = 0;
  for (let i = 0; i < size; i++) {
    const e = expected.values[i];
    const a = actual.values[i];
    if (Object.is(e, a) || (e === a && !signedZero)) continue;
    const found = measure(e, a, scales);
    if (worse(found, worst)) worst = found;
    if (found.share <= 1) continue;
    count++;
    first ??= `expected ${show(e)}, got ${show(a)} at ${i} of [${expected.shape}]${distance(e, a, found)}`;
  }
  return {worst, message: first && `${first}; ${count} of ${size} values differ`};
}

/** A term of a tolerance over some output: what one unit is at an expected value. */
interface Scale extends ToleranceTerm {
  at(e: number): number;
}

function scalesOf({dtype, values}: Output, tolerance: Tolerance): Scale[] {
  if (dtype !== 'float32' && dtype !== 'complex64') return [{unit: 'exact', allowed: 0, at: () => 1}];
  return toleranceTerms(tolerance).map((term): Scale => {
    if (term.unit === 'ulp') return {...term, at: unitInLastPlace};
    if (term.unit === 'relative') return {...term, at: Math.abs};
    const scale = term.unit === 'largest' ? largestFinite(values as Float32Array) : 1;
    return {...term, at: () => scale};
  });
}

/** How far two values are off that are not the same. */
function measure(e: unknown, a: unknown, scales: readonly Scale[]): MeasuredError {
  let [{unit, allowed, at}] = scales;
  const off = typeof e === 'number' && typeof a === 'number' && e !== a ? Math.abs(e - a) : Number.NaN;
  if (!Number.isFinite(off)) return {error: Number.POSITIVE_INFINITY, allowed, unit, share: Number.POSITIVE_INFINITY};
  const negligible = unit === 'exact' ? 0 : MIN_ALLOWED;
  if (off <= negligible) return {error: 0, allowed, unit, share: 0};
  const x = e as number;
  for (const other of scales) if (other.allowed * other.at(x) > allowed * at(x)) ({unit, allowed, at} = other);
  return {error: off / at(x), allowed, unit, share: off / Math.max(allowed * at(x), negligible)};
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

function distance(expected: unknown, actual: unknown, {share, unit}: MeasuredError): string {
  const off = Math.abs((expected as number) - (actual as number));
  if (!Number.isFinite(off) || off === 0) return '';
  if (unit === 'exact') return `, off by ${off}`;
  const ulps = off / unitInLastPlace(expected as number);
  return `, off by ${off.toPrecision(3)} (${ulps.toPrecision(3)} ulp), allowed ${(off / share).toPrecision(3)}`;
}

function show(value: unknown): string {
  return Object.is(value, -0) ? '-0' : typeof value === 'string' ? JSON.stringify(value) : String(value);
}
