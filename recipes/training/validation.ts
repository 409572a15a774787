import type {MnistData, MnistSplit} from 'mnist-wasm/mnist';
import type {Validation} from '../recipe';
import {subset} from './subset';

/** What is trained on and, where there is any, what each epoch is validated on. */
export function splitOff(
  validation: Validation | undefined,
  {train: all, test}: Pick<MnistData, 'train' | 'test'>,
): {train: MnistSplit; validation?: MnistSplit} {
  if (validation === undefined) return {train: all};
  if (validation.on === 'test') return {train: all, validation: test};
  if (validation.on === 'last') {
    const end = all.size - Math.floor(all.size * validation.fraction);
    return {train: subset(all, 0, end), validation: end < all.size ? subset(all, end, all.size) : undefined};
  }
  // Of a smaller data set the same share: a tenth of MNIST.
  const count = Math.min(validation.count, Math.floor(all.size / 10));
  return {train: subset(all, count, all.size), validation: count > 0 ? subset(all, 0, count) : undefined};
}
