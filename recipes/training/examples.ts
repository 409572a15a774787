import {reshape, tensor2d} from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import {type MnistSplit, toTensors} from 'mnist-wasm/mnist';
import type {Batch, ExampleSource} from 'mnist-wasm/training';
import type {Recipe} from '../recipe';

/** A split as a model and its loss take it: images of the shape of the model's input; the caller disposes both. */
export function toExamples(
  model: LayersModel,
  split: MnistSplit,
  loss: Recipe['loss'] = 'categoricalCrossentropy',
): Batch {
  const {xs: images, ys} = toTensors(split);
  const xs = reshape(images, [split.size, ...(model.inputs[0].shape.slice(1) as number[])]);
  images.dispose();
  if (loss === 'categoricalCrossentropy') return {xs, ys};
  ys.dispose();
  return {xs, ys: tensor2d(Float32Array.from(split.labels), [split.size, 1])};
}

/**
 * The same, put together batch by batch from the split's bytes: as tensors, all of MNIST takes 170 MB, and up to 1.5 s to
 * make.
 */
export function exampleSource(model: LayersModel, split: MnistSplit, loss?: Recipe['loss']): ExampleSource {
  const pixels = split.images.length / split.size;
  return {
    count: split.size,
    take(positions) {
      const images = new Uint8Array(positions.length * pixels);
      positions.forEach((at, i) => {
        images.set(split.images.subarray(at * pixels, (at + 1) * pixels), i * pixels);
      });
      const labels = Uint8Array.from(positions, (at) => split.labels[at]);
      return toExamples(model, {images, labels, size: positions.length}, loss);
    },
  };
}
