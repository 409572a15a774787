import {dispose, type Tensor} from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import {type SeenLayer, seenLayers, shapeOf, valuesAt} from './layers';
import {densePart} from './sums';
import type {Evidence, Score} from './types';

const DIGITS = 10;
/** Of each kind, for each digit. */
const REASONS = 4;

/** The layer that makes the ten scores, of one row of values; undefined where the model ends in another way. */
export function scoringLayer(layers: readonly SeenLayer[]): SeenLayer | undefined {
  const last = layers.findLast(({layer}) => layer.getClassName() === 'Dense');
  return last && shapeOf(last.output)[0] === DIGITS && shapeOf(last.input).length === 1 ? last : undefined;
}

/**
 * What speaks for and against each digit.
 * @param xs one example, as the model takes it.
 */
export async function evidenceOf(model: LayersModel, xs: Tensor): Promise<Evidence | undefined> {
  const layers = seenLayers(model);
  const last = scoringLayer(layers);
  if (!last) return undefined;
  const [input] = valuesAt(model, [last.input], xs);
  const [kernel, bias] = last.layer.getWeights().map((weight) => weight.clone());
  const [inputs, weights, biases] = await Promise.all([input.data(), kernel.data(), bias?.data()]);
  dispose([input, kernel, ...(bias ? [bias] : [])]);
  const scores = Array.from({length: DIGITS}, (_, digit) => {
    const own = Float32Array.from({length: inputs.length}, (_, i) => weights[i * DIGITS + digit]);
    return score(inputs, own, biases?.[digit] ?? 0);
  });
  return {layer: layers.indexOf(last), scores};
}

function score(inputs: ArrayLike<number>, weights: Float32Array, bias: number): Score {
  const sums = Array.from(weights, (weight, i) => weight * inputs[i]);
  const order = sums.map((_, i) => i).sort((a, b) => sums[b] - sums[a]);
  const [speaking, objecting] = [order.filter((i) => sums[i] > 0), order.filter((i) => sums[i] < 0).reverse()];
  const parts = (those: number[]) => those.slice(0, REASONS).map((i) => densePart(inputs, weights, i));
  const total = (those: number[]) => those.reduce((sum, i) => sum + sums[i], 0);
  const [sumFor, sumAgainst] = [total(speaking), total(objecting)];
  return {
    for: sumFor,
    against: sumAgainst,
    bias,
    total: sumFor + sumAgainst + bias,
    reasons: {for: parts(speaking), against: parts(objecting)},
  };
}
