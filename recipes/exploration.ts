import type {MnistSplit} from 'mnist-wasm/mnist';
import {permutation, seededRandom} from 'mnist-wasm/training';

/** How many images of a split have each label, 0 to 9. */
export function labelCounts({labels}: MnistSplit): number[] {
  const counts = new Array<number>(10).fill(0);
  for (const label of labels) counts[label]++;
  return counts;
}

/** Positions of random images, each another; all of them where the split has no more. The same seed gives the same. */
export function randomIndices({size}: MnistSplit, count: number, seed: number): number[] {
  return [...permutation(size, seededRandom(seed)).subarray(0, count)];
}
