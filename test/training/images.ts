import {type Tensor4D, tensor4d} from '@tensorflow/tfjs-core';
import {seededRandom} from 'mnist-wasm/training';

export type Shape = [count: number, height: number, width: number, channels: number];

/** Values from -0.25 to 0.75, the same for the same seed. */
export function noise(shape: Shape, seed = 1): Tensor4D {
  const random = seededRandom(seed);
  return tensor4d(
    Float32Array.from({length: shape.reduce((a, b) => a * b)}, () => random() - 0.25),
    shape,
  );
}
