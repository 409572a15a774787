import {dispose, type Tensor} from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import {type SeenLayer, seenLayers, shapeOf, valuesAt} from './layers';
import {denseSum} from './sums';
import type {Evidence, Score} from './types';

const DIGITS = 10;

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
  const {parts, total} = denseSum(inputs, weights, bias);
  const sums = weights.map((weight, i) => weight * inputs[i]);
  const sumOf = (sign: 1 | -1) => sums.reduce((sum, value) => (value * sign > 0 ? sum + value : sum), 0);
  return {for: sumOf(1), against: sumOf(-1), bias, total, parts};
}
