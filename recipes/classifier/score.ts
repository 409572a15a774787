import {argMax} from '../../common/statistics';
import {CLASSES} from './reading';

/** How well labelled images are read. */
export interface Score {
  accuracy: number;
  /** The mean cross-entropy, and that of each image. */
  loss: number;
  losses: Float64Array;
  /** That after the temperature of the softmax is set to what suits best: how much the outputs know, however sure they are. */
  sharpLoss: number;
  /** That of each image. */
  sharpLosses: Float64Array;
  /** 1 for each image that is read wrong, else 0. */
  mistakes: Float64Array;
  /** That temperature, as a power of 2. */
  octaves: number;
}

/** A wrong, sure answer counts so much and no more, so that one image does not decide. */
const MOST_LOSS = 5;
/** Temperatures, as powers of 2. */
const OCTAVES = Array.from({length: 73}, (_, i) => i / 4 - 9);
/** The logarithm of what float32 has rounded to 0. */
const LEAST = -104;
/** Standard errors that make a difference clear. */
const CLEAR = 3;
/** Octaves of temperature by which something is better than the usual. */
const MARGIN = 3;
/** What reads less than this reads nothing. */
const READS = 0.5;

/** @param probabilities [n, 10], of n labels. */
export function scoreOf(probabilities: Float32Array, labels: Uint8Array): Score {
  const rows = Array.from(labels, (_, i) => probabilities.subarray(i * CLASSES, (i + 1) * CLASSES));
  const logarithms = rows.map((row) => Float64Array.from(row, (value) => (value > 0 ? Math.log(value) : LEAST)));
  const atTemperature = (temperature: number) =>
    Float64Array.from(logarithms, (row, i) => Math.min(MOST_LOSS, crossEntropy(row, labels[i], temperature)));
  const sharp = OCTAVES.map((octaves) => ({octaves, losses: atTemperature(2 ** octaves)}));
  const best = sharp.reduce((a, b) => (meanOf(b.losses) < meanOf(a.losses) ? b : a));
  const losses = atTemperature(1);
  const mistakes = Float64Array.from(rows, (row, i) => Number(argMax(row) !== labels[i]));
  return {
    accuracy: 1 - meanOf(mistakes),
    mistakes,
    loss: meanOf(losses),
    losses,
    sharpLoss: meanOf(best.losses),
    sharpLosses: best.losses,
    octaves: best.octaves,
  };
}

function crossEntropy(logits: Float64Array, label: number, temperature: number): number {
  const most = logits.reduce((a, b) => Math.max(a, b));
  const total = logits.reduce((sum, value) => sum + Math.exp((value - most) / temperature), 0);
  const loss = Math.log(total) - (logits[label] - most) / temperature;
  return Number.isFinite(loss) ? loss : MOST_LOSS;
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * Whether one score is better than another by more than chance, on the same images.
 *
 * Either more is known: the losses at the best temperatures are clearly lower, and the loss itself is, or more is right. At the
 * best temperature a model that was trained for too short a time does not gain by numbers that are too large and make it surer.
 * Or as much is known, and the loss is lower.
 *
 * @param isUsual the other is what most models are trained on: where as much is known, the best temperature must be nearer to 1,
 *   by octaves. A model that was trained on 0..255 may read as much from 0..1, but all of its probabilities are near 0.1.
 * @param errors standard errors by which the loss must be lower than that of another which is not usual
 */
export function clearlyBetter(score: Score, other: Score, isUsual: boolean, errors: number): boolean {
  if (score.accuracy < READS || score.accuracy < other.accuracy - 0.01) return false;
  const isSurer = score.loss < other.loss;
  const known = standardErrors(score.sharpLosses, other.sharpLosses);
  if (known > CLEAR) return isSurer || standardErrors(score.mistakes, other.mistakes) > CLEAR;
  if (known < -CLEAR) return false;
  if (isUsual) return Math.abs(score.octaves) + MARGIN < Math.abs(other.octaves);
  return standardErrors(score.losses, other.losses) > errors;
}

/** By how many standard errors the mean of some values is below that of others, pair by pair. */
function standardErrors(values: Float64Array, others: Float64Array): number {
  const differences = values.map((value, i) => others[i] - value);
  const gain = meanOf(differences);
  const variance = meanOf(differences.map((difference) => (difference - gain) ** 2));
  return variance === 0 ? 0 : gain / Math.sqrt(variance / differences.length);
}
