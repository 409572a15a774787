/** Whether two results are the same, and how far they are apart. */

/** Answers must be equal, and no value further away than this, of the largest of its kind. */
export const TOLERANCE = 1e-3;

/**
 * The largest difference of two results, as a fraction of the largest magnitude of its kind (boxes, probabilities ...);
 * infinite where they have different numbers of values, or one has NaN.
 *
 * @param {Record<string, ArrayLike<number>>} values
 * @param {Record<string, ArrayLike<number>>} others
 */
export function apart(values, others) {
  return Math.max(...Object.keys(others).map((kind) => apartIn(values[kind], others[kind])));
}

function apartIn(values, others) {
  if (values?.length !== others.length) return Number.POSITIVE_INFINITY;
  let largest = 0;
  let difference = 0;
  for (let i = 0; i < others.length; i++) {
    largest = Math.max(largest, Math.abs(others[i]));
    const distance = Math.abs(values[i] - others[i]);
    if (!(distance < Number.POSITIVE_INFINITY)) return Number.POSITIVE_INFINITY;
    difference = Math.max(difference, distance);
  }
  return difference === 0 ? 0 : difference / largest;
}

/** @returns what is different, or undefined */
export function disagreement(result, reference) {
  const {answers} = reference;
  const at = answers.findIndex((answer, i) => answer !== result.answers[i]);
  if (at >= 0) return `answers '${result.answers[at]}' for '${answers[at]}'`;
  if (result.answers.length > answers.length) return `answers '${result.answers[answers.length]}' too`;
  const distance = apart(result.values, reference.values);
  return distance <= TOLERANCE ? undefined : `values are apart by ${distance.toExponential(1)}`;
}
