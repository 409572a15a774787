import type {LayersModel} from '@tensorflow/tfjs-layers';
import {type ClassifierModel, hasLayers} from './model';

export const CLASSES = 10;

/** What a model's ten numbers are, and so how they become probabilities. */
export type Reading = 'probabilities' | 'log-probabilities' | 'logits' | 'sigmoids' | 'scores';

/** What rounding may make of a sum of ten probabilities: float16 weights and graphics processors too. */
const TOLERANCE = 0.02;

export const READING_TITLES: Record<Reading, string> = {
  probabilities: 'probabilities',
  'log-probabilities': 'log-probabilities: exp makes them probabilities',
  logits: 'logits: softmax makes them probabilities',
  sigmoids: 'ten independent probabilities: divided by their sum',
  scores: 'scores that approach 0 and 1: what is below 0 is 0, then divided by their sum',
};

/** What of a model decides how its output is read. */
export interface Ending {
  /** Of the last layer that has one, as TensorFlow.js names it; undefined where none is told. */
  activation: string | undefined;
  /** The name of the loss that it was compiled with. */
  loss: string | undefined;
}

type SymbolicTensor = LayersModel['outputs'][number];

/** Layers that leave the kind of the numbers as it is. */
const PASSING = /^(Dropout|Flatten|Reshape|Permute|Activity\w*|Identity|Cropping\w*|Global(Average|Max)Pooling\w*)$/;

export function endingOf(model: ClassifierModel): Ending {
  if (!hasLayers(model)) return {activation: model.activation, loss: undefined};
  const {loss} = model;
  return {activation: lastActivation(model.outputs[0]), loss: typeof loss === 'string' ? loss : undefined};
}

function lastActivation({sourceLayer: layer, inputs}: SymbolicTensor): string | undefined {
  // A model as a layer: its own last layer counts.
  if ('outputs' in layer) return lastActivation((layer as unknown as LayersModel).outputs[0]);
  const name = layer.getClassName();
  if (name === 'Softmax') return 'softmax';
  const {activation} = layer.getConfig();
  if (typeof activation === 'string') return activation;
  return PASSING.test(name) && inputs.length === 1 ? lastActivation(inputs[0]) : undefined;
}

/** Losses that take the outputs for something else than logits or probabilities. */
const OF_SCORES = /mean|hinge|logcosh|cosine|poisson/i;

/**
 * How a model's outputs are read: by what they are on a sample, and where that leaves a choice by its last activation and its
 * loss.
 *
 * @param outputs [n, 10], n of at least 1.
 */
export function readingOf(outputs: Float32Array, {activation, loss}: Ending): Reading {
  const rows = rowsOf(outputs);
  const near = (sum: number) => Math.abs(sum - 1) <= TOLERANCE;
  if (rows.every((row) => row.every((value) => value >= 0) && near(sumOf(row)))) return 'probabilities';
  if (rows.every((row) => row.every((value) => value <= TOLERANCE) && near(sumOf(row, Math.exp)))) {
    return 'log-probabilities';
  }
  if (activation !== undefined && /sigmoid/i.test(activation)) return 'sigmoids';
  if (loss === undefined ? approachOneHot(rows) : OF_SCORES.test(loss)) return 'scores';
  return 'logits';
}

/** Of a model without a loss: whether it was fitted to 0 and 1. Such outputs are near them, and so is their sum to 1. */
function approachOneHot(rows: Float32Array[]): boolean {
  const inRange = rows.every((row) => row.every((value) => value > -1 && value < 2));
  return inRange && rows.filter((row) => Math.abs(sumOf(row) - 1) < 0.3).length >= 0.9 * rows.length;
}

function rowsOf(values: Float32Array): Float32Array[] {
  return Array.from({length: values.length / CLASSES}, (_, i) => values.subarray(i * CLASSES, (i + 1) * CLASSES));
}

function sumOf(row: Float32Array, of: (value: number) => number = Number): number {
  return row.reduce((total, value) => total + of(value), 0);
}

/** Ten probabilities of each image; the outputs themselves where they are that already. */
export function probabilitiesOf(outputs: Float32Array, reading: Reading): Float32Array {
  if (reading === 'probabilities') return outputs;
  const probabilities = new Float32Array(outputs.length);
  rowsOf(outputs).forEach((row, i) => {
    probabilities.set(isExponent(reading) ? softmax(row) : shares(row), i * CLASSES);
  });
  return probabilities;
}

/** Log-probabilities are logits, too: their softmax is their exponential. */
function isExponent(reading: Reading): boolean {
  return reading === 'logits' || reading === 'log-probabilities';
}

function softmax(row: Float32Array): Float64Array {
  const total = logSumExp(row);
  return Float64Array.from(row, (value) => Math.exp(value - total));
}

function logSumExp(row: Float32Array): number {
  const most = row.reduce((a, b) => Math.max(a, b));
  return most + Math.log(sumOf(row, (value) => Math.exp(value - most)));
}

function shares(row: Float32Array): Float64Array {
  const parts = Float64Array.from(row, (value) => Math.max(0, value));
  const total = parts.reduce((a, b) => a + b, 0);
  // Nothing above 0 speaks for any digit.
  return parts.map((value) => (total === 0 ? 1 / CLASSES : value / total));
}

/**
 * The cross-entropy of each image, as Keras computes it from logits; undefined where it is that of the probabilities.
 */
export function lossesOf(outputs: Float32Array, labels: Uint8Array, reading: Reading): Float64Array | undefined {
  if (!isExponent(reading)) return undefined;
  return Float64Array.from(rowsOf(outputs), (row, i) => logSumExp(row) - row[labels[i]]);
}
