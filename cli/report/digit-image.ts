import type {MnistSplit} from 'mnist-wasm/mnist';
import {encodeGreyscalePng} from './png';

const SIDE = 28;

/** An image of a split, embedded; its text says which digit it is. */
export function digitImage({images, labels}: MnistSplit, index: number): string {
  const pixels = images.subarray(index * SIDE * SIDE, (index + 1) * SIDE * SIDE);
  const data = encodeGreyscalePng(pixels, SIDE, SIDE).toString('base64');
  return `<img src="data:image/png;base64,${data}" width="28" height="28" alt="A handwritten ${labels[index]}">`;
}
