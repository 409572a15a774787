import type {MnistSplit} from 'mnist-wasm/mnist';
import {argMax} from '../../../common/statistics';
import type {Agreement, Comparison} from './types';

const DIGITS = 10;
/** Images that are shown of each kind. */
const MOST_IMAGES = 24;

/**
 * Which images two models read right.
 * @param first, second [images, 10], the probabilities of each.
 */
export function compared({images, labels, size}: MnistSplit, first: Float32Array, second: Float32Array): Comparison {
  const pixels = images.length / size;
  const comparison: Comparison = {
    total: size,
    counts: {both: 0, first: 0, second: 0, neither: 0},
    images: {both: [], first: [], second: [], neither: []},
  };
  for (let index = 0; index < size; index++) {
    const [label, predicted, other] = [labels[index], answer(first, index), answer(second, index)];
    const agreement = agreementOf(predicted === label, other === label);
    comparison.counts[agreement]++;
    const shown = comparison.images[agreement];
    if (shown.length >= MOST_IMAGES) continue;
    const own = images.slice(index * pixels, (index + 1) * pixels);
    shown.push({index, label, predicted, second: other, pixels: own});
  }
  return comparison;
}

function answer(probabilities: Float32Array, index: number): number {
  return argMax(probabilities.subarray(index * DIGITS, (index + 1) * DIGITS));
}

function agreementOf(first: boolean, second: boolean): Agreement {
  if (first) return second ? 'both' : 'first';
  return second ? 'second' : 'neither';
}
