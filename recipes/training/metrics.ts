import {argMax, sum} from '../../common/statistics';

/** The figures of one class: it against all others. */
interface ClassMetrics {
  label: number;
  precision: number;
  recall: number;
  f1: number;
  /** The number of examples whose true label this is. */
  support: number;
}

export interface Mistake {
  /** Position in the evaluated split. */
  index: number;
  label: number;
  predicted: number;
  /** The probability given to the predicted, wrong class. */
  confidence: number;
}

export interface ClassificationMetrics {
  /** Mean categorical cross-entropy, as Keras computes it. */
  loss: number;
  accuracy: number;
  correct: number;
  total: number;
  /** confusionMatrix[label][predicted]: how many examples. */
  confusionMatrix: number[][];
  perClass: ClassMetrics[];
  /** Every wrong prediction, the most confident first. */
  mistakes: Mistake[];
}

/** Keras clips probabilities by its epsilon before the logarithm. */
const EPSILON = 1e-7;

/**
 * @param probabilities [n, classes], each row summing to 1.
 * @param labels [n], the true class of each row.
 * @param losses [n], the loss of each row where it is not the cross-entropy of these probabilities.
 */
export function classificationMetrics(
  probabilities: Float32Array,
  labels: Uint8Array,
  classes: number,
  losses?: Float64Array,
): ClassificationMetrics {
  const total = labels.length;
  if (total === 0 || probabilities.length !== total * classes) {
    throw new RangeError(
      `expected ${classes} probabilities for each of at least one label, ` +
        `got ${probabilities.length} for ${total} labels`,
    );
  }
  const confusionMatrix = Array.from({length: classes}, () => new Array<number>(classes).fill(0));
  const mistakes: Mistake[] = [];
  let loss = 0;
  labels.forEach((label, index) => {
    const row = probabilities.subarray(index * classes, (index + 1) * classes);
    const predicted = argMax(row);
    confusionMatrix[label][predicted]++;
    loss += losses?.[index] ?? -Math.log(Math.min(Math.max(row[label], EPSILON), 1 - EPSILON));
    if (predicted !== label) mistakes.push({index, label, predicted, confidence: row[predicted]});
  });
  mistakes.sort((a, b) => b.confidence - a.confidence || a.index - b.index);
  const correct = total - mistakes.length;
  return {
    loss: loss / total,
    accuracy: correct / total,
    correct,
    total,
    confusionMatrix,
    perClass: perClass(confusionMatrix),
    mistakes,
  };
}

/** Precision, recall and F1 of every class; 0 where nothing was predicted or nothing was there. */
function perClass(confusionMatrix: number[][]): ClassMetrics[] {
  return confusionMatrix.map((row, label) => {
    const truePositives = row[label];
    const support = sum(row);
    const predicted = sum(confusionMatrix.map((other) => other[label]));
    return {
      label,
      precision: predicted === 0 ? 0 : truePositives / predicted,
      recall: support === 0 ? 0 : truePositives / support,
      f1: predicted + support === 0 ? 0 : (2 * truePositives) / (predicted + support),
      support,
    };
  });
}
