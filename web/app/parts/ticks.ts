/** The marks of a chart's axis, at round numbers. */

const ROUND = [1, 2, 5, 10];

/** The least of 1, 2 and 5 times a power of ten that cuts a span into at most so many parts. */
export function roundStep(span: number, most: number): number {
  const least = span / most;
  if (!(least > 0) || !Number.isFinite(least)) return 1;
  const power = 10 ** Math.floor(Math.log10(least));
  // A step of 0.1 is 0.1, however it was divided.
  return (ROUND.find((factor) => factor * power >= least * (1 - 1e-9)) ?? 10) * power;
}

/** Where an axis begins and ends, at multiples of its step, so that all values are within. */
export function roundAxis(values: readonly number[], most: number): {min: number; max: number; step: number} {
  const finite = values.filter(Number.isFinite);
  const [low, high] = finite.length > 0 ? [Math.min(...finite), Math.max(...finite)] : [0, 1];
  const step = roundStep(high > low ? high - low : Math.abs(high) / 10 || 1, most - 1);
  return {
    min: multiple(Math.floor(low / step + 1e-9), step),
    max: multiple(Math.ceil(high / step - 1e-9) || 1, step),
    step,
  };
}

/** Decimals that tell one mark from the next. */
export function decimalsOf(step: number): number {
  return Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
}

function multiple(count: number, step: number): number {
  return Number((count * step).toFixed(decimalsOf(step)));
}
