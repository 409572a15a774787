/** What a network makes of the picture, layer by layer, without building it. */

import {texts} from '../texts';
import {firstMisfit, LAYER_FIELDS, MOST, TRAINING_FIELDS} from './fields';
import {CLASSES, type LayerSpec, type NetworkSpec, type OptimizerName, SIDE} from './spec';

/** [side, side, channels], or [length]. */
type Shape = readonly number[];

export interface LayerShape {
  output: Shape;
  parameters: number;
  /** Multiplications with weights, for one picture. */
  work: number;
}

export interface NetworkShape {
  /** Of the layers up to the first that cannot be; with the last, dense one where all can. */
  layers: LayerShape[];
  parameters: number;
  /** Of training, roughly: for the recipes' models 0.7 to 1.5 times mnist-wasm's heap at its peak. */
  bytes: number;
  problem?: Problem;
}

/** Why a network cannot be. */
interface Problem {
  /** The layer's place, counting the last one; undefined where it is the whole or its training. */
  at: number | undefined;
  text: string;
}

/** Numbers that an optimizer keeps for each weight. */
const KEPT: Record<OptimizerName, number> = {
  sgd: 0,
  momentum: 1,
  adam: 2,
  adamax: 2,
  rmsprop: 2,
  adagrad: 1,
  adadelta: 2,
};
/** Of each weight: itself, its gradient, and what the optimizer's step holds meanwhile. */
const WEIGHT_COPIES = 4;
/** Of each layer's outputs: themselves, their gradients, and what kernels hold meanwhile. */
const OUTPUT_COPIES = 6;

class Impossible extends Error {}

export function shapesOf({layers, training}: NetworkSpec): NetworkShape {
  const shapes: LayerShape[] = [];
  let shape: Shape = [SIDE, SIDE, 1];
  const answer: LayerSpec = {kind: 'dense', units: CLASSES, activation: 'linear', l2: 0};
  let problem: Problem | undefined;
  for (const [at, layer] of [...layers, answer].entries()) {
    try {
      const next = layerShape(layer, shape);
      shapes.push(next);
      shape = next.output;
    } catch (error) {
      if (!(error instanceof Impossible)) throw error;
      const {message} = error;
      problem = {
        at,
        text: at < layers.length ? texts.network.where(at, layer.kind, message) : texts.network.whereAnswer(message),
      };
      break;
    }
  }
  const sum = (of: (layer: LayerShape) => number) => shapes.reduce((total, layer) => total + of(layer), 0);
  const parameters = sum((layer) => layer.parameters);
  const values = SIDE * SIDE + sum(({output}) => size(output));
  const {optimizer, batchSize} = training;
  const bytes = 4 * (parameters * (WEIGHT_COPIES + (KEPT[optimizer] ?? 0)) + OUTPUT_COPIES * batchSize * values);
  const work = batchSize * sum((layer) => layer.work);
  problem ??= tooMuch(layers.length, parameters, bytes, work);
  const wrong = firstMisfit(TRAINING_FIELDS, training);
  if (wrong !== undefined) problem ??= {at: undefined, text: wrong};
  return {layers: shapes, parameters, bytes, problem};
}

function tooMuch(layers: number, parameters: number, bytes: number, work: number): Problem | undefined {
  const found = (text: string): Problem => ({at: undefined, text});
  if (layers > MOST.layers) return found(texts.network.tooManyLayers(layers, MOST.layers));
  if (parameters > MOST.parameters) return found(texts.network.tooManyWeights(parameters, MOST.parameters));
  if (bytes > MOST.bytes) return found(texts.network.tooMuchMemory(bytes, MOST.bytes));
  if (work > MOST.work) return found(texts.network.tooMuchWork(work, MOST.work));
  return undefined;
}

function layerShape(layer: LayerSpec, input: Shape): LayerShape {
  const wrong = firstMisfit(LAYER_FIELDS[layer.kind], layer);
  if (wrong !== undefined) throw new Impossible(wrong);
  const [side, , channels] = input;
  switch (layer.kind) {
    case 'conv2d': {
      const {filters, kernel, stride, padding} = layer;
      const out = slide(input, kernel, stride, padding);
      const weights = kernel * kernel * channels * filters;
      return {output: [out, out, filters], parameters: weights + filters, work: weights * out * out};
    }
    case 'maxPooling':
    case 'averagePooling': {
      const out = slide(input, layer.size, layer.stride, layer.padding);
      return {output: [out, out, channels], parameters: 0, work: 0};
    }
    case 'flatten':
      if (input.length === 1) throw new Impossible(texts.network.isRow);
      return {output: [side * side * channels], parameters: 0, work: 0};
    case 'dense': {
      if (input.length > 1) throw new Impossible(texts.network.needsRow(input));
      const weights = input[0] * layer.units;
      return {output: [layer.units], parameters: weights + layer.units, work: weights};
    }
    case 'batchNormalization':
      return {output: input, parameters: 4 * input[input.length - 1], work: 0};
    case 'dropout':
    case 'activation':
      return {output: input, parameters: 0, work: 0};
  }
}

/** The side of what a window leaves that slides over a picture. */
function slide(input: Shape, window: number, stride: number, padding: 'same' | 'valid'): number {
  if (input.length === 1) throw new Impossible(texts.network.needsPicture(input[0]));
  const [side] = input;
  if (padding === 'same') return Math.ceil(side / stride);
  if (window > side) throw new Impossible(texts.network.doesNotFit(side, window));
  return Math.floor((side - window) / stride) + 1;
}

function size(shape: Shape): number {
  return shape.reduce((a, b) => a * b, 1);
}
