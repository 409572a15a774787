import type {MnistSplit} from 'mnist-wasm/mnist';

/** The images from start up to end, sharing the split's bytes. */
export function subset(split: MnistSplit, start: number, end: number): MnistSplit {
  const pixels = split.images.length / split.size;
  return {
    images: split.images.subarray(start * pixels, end * pixels),
    labels: split.labels.subarray(start, end),
    size: end - start,
  };
}
