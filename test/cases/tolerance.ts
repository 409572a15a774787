import type {Tolerance} from './types';

/** What an error is counted in: parts of the element, parts of the output's largest, plain numbers, last places. */
export type ErrorUnit = 'exact' | 'relative' | 'largest' | 'absolute' | 'ulp';

/** A tolerance allows the largest of what its terms do. */
export interface ToleranceTerm {
  unit: ErrorUnit;
  allowed: number;
}

const DEFAULT_RELATIVE = 1e-6;

/** The terms of a tolerance, at least one; the first is the one that it is named after. */
export function toleranceTerms({relative, absolute, ulp, of = 'element'}: Tolerance): ToleranceTerm[] {
  const terms: ToleranceTerm[] = [];
  if (ulp !== undefined) terms.push({unit: 'ulp', allowed: ulp});
  const part = relative ?? (ulp === undefined ? DEFAULT_RELATIVE : undefined);
  if (part !== undefined) terms.push({unit: of === 'output' ? 'largest' : 'relative', allowed: part});
  if (absolute !== undefined) terms.push({unit: 'absolute', allowed: absolute});
  return terms;
}

/** The last place of a float32, at most, as a part of the number. */
export const FLOAT_ULP = 2 ** -23;

/**
 * The tolerance that allows the most: one that is relative to the largest of the output before any that is not, and an
 * absolute part decides only between equal ones.
 */
export function widestTolerance(tolerances: readonly Tolerance[]): Tolerance {
  const [first = {}, ...others] = tolerances;
  return others.reduce((widest, next) => (compareWidths(next, widest) > 0 ? next : widest), first);
}

function compareWidths(a: Tolerance, b: Tolerance): number {
  const ranks = [widths(a), widths(b)];
  const differences = ranks[0].map((width, i) => width - ranks[1][i]);
  return differences.find((d) => d !== 0) ?? 0;
}

function widths(tolerance: Tolerance): number[] {
  const allowed: Partial<Record<ErrorUnit, number>> = {};
  for (const term of toleranceTerms(tolerance)) allowed[term.unit] = term.allowed;
  const {largest = 0, relative = 0, ulp = 0, absolute = 0} = allowed;
  return [largest, Math.max(relative, ulp * FLOAT_ULP), absolute];
}

/** As in '1e-6', '2e-6 of the largest', '2 ulp or 2e-16 absolute', 'exact'. */
export function formatTolerance(tolerance: Tolerance): string {
  return toleranceTerms(tolerance).map(formatTerm).join(' or ');
}

export function formatTerm({unit, allowed}: ToleranceTerm): string {
  return allowed === 0 ? 'exact' : inUnit(allowed, unit);
}

/** In two digits and with its unit; 'differs' where no number tells how far. */
export function formatError(error: number, unit: ErrorUnit): string {
  if (error === 0) return '0';
  return Number.isFinite(error) ? inUnit(Number(error.toPrecision(2)), unit) : 'differs';
}

function inUnit(value: number, unit: ErrorUnit): string {
  const figure = value < 1e-3 || value >= 1e4 ? value.toExponential() : String(value);
  switch (unit) {
    case 'relative':
      return figure;
    case 'largest':
      return `${figure} of the largest`;
    case 'exact':
      return `off by ${figure}`;
    default:
      return `${figure} ${unit}`;
  }
}
