import type {MnistSplit} from 'mnist-wasm/mnist';

/** Images that carry their position in every pixel (at most 256 of them), labels that go round. */
export function numbered(size: number): MnistSplit {
  return {
    images: Uint8Array.from({length: size * 784}, (_, i) => Math.floor(i / 784)),
    labels: Uint8Array.from({length: size}, (_, i) => (i * 3) % 10),
    size,
  };
}

/** Images whose label is the row that is bright: what any classifier learns at once. */
export function stripes(size: number): MnistSplit {
  const images = new Uint8Array(size * 784);
  const labels = Uint8Array.from({length: size}, (_, i) => (i * 7) % 10);
  for (let i = 0; i < size; i++) {
    const start = i * 784 + labels[i] * 56;
    images.fill(255 - (i % 32), start, start + 56);
  }
  return {images, labels, size};
}
