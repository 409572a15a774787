import {dispose, type Tensor} from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import {drawDigits} from 'mnist-wasm/mnist';
import {digitsMisfit, toExamples} from '../../../recipes';
import {texts} from '../../texts';

const CLASSES = 10;
/** What rounding may make of a sum of ten probabilities: on a graphics processor of half precision too. */
const TOLERANCE = 0.01;

/**
 * Tries a model on digits.
 * @param name what the model is called in an error.
 * @throws Error where it does not take images of digits or does not give probabilities of ten classes.
 */
export async function assertFits(model: LayersModel, name: string): Promise<void> {
  const misfit = digitsMisfit(model);
  if (misfit !== undefined) throw new Error(texts.models.misfit(name, misfit));
  const {xs, ys} = toExamples(model, drawDigits({count: CLASSES}));
  const output = model.predictOnBatch(xs) as Tensor;
  const values = await output.data();
  dispose([xs, ys, output]);
  for (let start = 0; start < values.length; start += CLASSES) {
    const row = values.slice(start, start + CLASSES);
    if (areProbabilities(row)) continue;
    const given = Array.from(row, (value) => Number(value.toPrecision(3))).join(', ');
    throw new Error(texts.models.noProbabilities(name, given));
  }
}

/** Written so that NaN is none. */
function areProbabilities(values: ArrayLike<number>): boolean {
  const all = Array.from(values);
  const sum = all.reduce((a, b) => a + b, 0);
  return all.every((value) => value >= 0 && value <= 1 + TOLERANCE) && Math.abs(sum - 1) <= TOLERANCE;
}
