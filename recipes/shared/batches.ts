import type {Tensor} from '@tensorflow/tfjs-core';
import {type MnistSplit, toTensors} from 'mnist-wasm/mnist';

export interface Batch {
  /** float32 [n, 28, 28, 1], 0 to 1. */
  xs: Tensor;
  /** float32 [n, 10], one-hot. */
  ys: Tensor;
}

/**
 * The images and labels of a split in batches, the last one smaller where the batch size does not divide it: the
 * dataset that `fitDataset` and `evaluateDataset` take.
 *
 * `fit` shuffles by Math.random, which no seed reaches; this shuffles by the `random` that it is given, anew for each
 * epoch. Images stay bytes until their batch is due: all of MNIST as float32 would take 188 MB.
 */
export class BatchDataset {
  /** Number of batches. */
  readonly size: number;

  /**
   * @param random numbers in [0, 1) to shuffle by; without it the order is that of the split.
   * @param onBatch called before a batch is put together.
   */
  constructor(
    private readonly split: MnistSplit,
    private readonly batchSize: number,
    private readonly random?: () => number,
    private readonly onBatch?: () => void,
  ) {
    this.size = Math.ceil(split.size / batchSize);
  }

  async iterator(): Promise<AsyncGenerator<Batch, void, void>> {
    return this.batches();
  }

  // A generator does nothing before its first next(): the iterator that fitDataset asks for before the first epoch and
  // throws away draws no random numbers.
  private async *batches(): AsyncGenerator<Batch, void, void> {
    const order = this.random && permutation(this.split.size, this.random);
    for (let start = 0; start < this.split.size; start += this.batchSize) {
      this.onBatch?.();
      const end = Math.min(start + this.batchSize, this.split.size);
      yield toTensors(order ? gather(this.split, order.subarray(start, end)) : slice(this.split, start, end));
    }
  }
}

/** The images from start up to end, sharing the split's bytes. */
export function slice(split: MnistSplit, start: number, end: number): MnistSplit {
  const pixels = split.images.length / split.size;
  return {
    images: split.images.subarray(start * pixels, end * pixels),
    labels: split.labels.subarray(start, end),
    size: end - start,
  };
}

function gather(split: MnistSplit, indices: Uint32Array): MnistSplit {
  const pixels = split.images.length / split.size;
  const images = new Uint8Array(indices.length * pixels);
  const labels = new Uint8Array(indices.length);
  indices.forEach((index, i) => {
    images.set(split.images.subarray(index * pixels, (index + 1) * pixels), i * pixels);
    labels[i] = split.labels[index];
  });
  return {images, labels, size: indices.length};
}

/** A random permutation of 0 .. size - 1 (Fisher-Yates). */
export function permutation(size: number, random: () => number): Uint32Array {
  const order = Uint32Array.from({length: size}, (_, i) => i);
  for (let i = size - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

/** Seeded numbers in [0, 1): a Weyl sequence through a 32-bit mixer (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
