import {argMax} from '../../common/statistics';

/** A right answer of a model. */
export interface Unsure {
  /** Position among the examples. */
  index: number;
  label: number;
  /** The probability of the label, the largest of all. */
  confidence: number;
}

/**
 * Of each class the examples that were read right with the least confidence, the least first.
 *
 * @param probabilities [n, classes]
 * @param labels [n]
 * @param most so many of each class
 */
export function leastSure(probabilities: Float32Array, labels: Uint8Array, classes: number, most: number): Unsure[] {
  const right = Array.from({length: classes}, (): Unsure[] => []);
  labels.forEach((label, index) => {
    const row = probabilities.subarray(index * classes, (index + 1) * classes);
    if (argMax(row) === label) right[label].push({index, label, confidence: row[label]});
  });
  return right.flatMap((those) =>
    those.sort((a, b) => a.confidence - b.confidence || a.index - b.index).slice(0, most),
  );
}
