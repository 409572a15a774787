import * as tf from '@tensorflow/tfjs-core';
import type {layers} from '@tensorflow/tfjs-layers';
import {vi} from 'vitest';
import type {MnistWasmBackend} from '../../src/internal';
import {Sfc32} from '../../src/mnist/digits/random';
import type {Output} from '../cases/run';
import {makeValues} from '../cases/values';
import type {LayerCase} from './table';

type Layer = layers.Layer;

/** Math.random from a seed: layers and initialisers that take none draw the same numbers on every backend. */
export function seedMathRandom(): void {
  const random = new Sfc32(1, 2, 3);
  vi.spyOn(Math, 'random').mockImplementation(() => random.uniform(0, 1));
}

/** Counts the kernels that this backend hands to the fallback from now on: their names. */
export async function watchFallback(): Promise<() => string[]> {
  await tf.setBackend('mnist-wasm');
  const {fallback} = (tf.backend() as MnistWasmBackend).tensors;
  if (!fallback) throw new Error("The backend 'mnist-wasm' has no fallback to watch.");
  const spy = vi.spyOn(fallback, 'run');
  return () => [...new Set(spy.mock.calls.map(([, kernelName]) => kernelName))].sort();
}

/**
 * What a layer gives on a backend: in inference, in training, and its gradients by all float32 inputs and trainable
 * weights.
 */
export async function runLayer(layerCase: LayerCase, backend: string): Promise<Output[]> {
  await tf.setBackend(backend);
  seedMathRandom();
  const layer = layerCase.layer();
  const outputs = tf.tidy(() => {
    const inputs = layerCase.inputs.map((spec, i) => {
      const values = tf.tensor(makeValues(spec, i) as Float32Array, [...spec.shape], spec.dtype);
      return values.dtype === 'float32' ? tf.variable(values) : values;
    });
    const apply = (training: boolean) => {
      seedMathRandom();
      return layer.apply(inputs.length > 1 ? inputs : inputs[0], {training}) as tf.Tensor;
    };
    // The first call makes the weights.
    apply(false);
    setWeights(layer);
    const results = [apply(false), apply(true)];
    const variables = [...inputs, ...layer.trainableWeights.map((weight) => weight.read())].filter(
      (tensor) => tensor instanceof tf.Variable,
    );
    if (!layerCase.withoutGradient && variables.length > 0) {
      results.push(...gradients(() => apply(true), variables));
    }
    const values = results.map((t): Output => ({shape: t.shape, dtype: t.dtype, values: t.dataSync()}));
    tf.dispose(inputs);
    return values as unknown as tf.TensorContainer;
  });
  disposeMasks(layer);
  layer.dispose();
  return outputs as unknown as Output[];
}

/** A recurrent cell keeps its dropout masks until the next call. */
function disposeMasks(layer: Layer): void {
  const {cell} = layer as {cell?: {dropoutMask?: tf.TensorContainer; recurrentDropoutMask?: tf.TensorContainer}};
  tf.dispose([cell?.dropoutMask, cell?.recurrentDropoutMask]);
}

/** Weights of no special value: initialisers give zeros and ones, where a wrong gradient may show as a right one. */
function setWeights(layer: Layer): void {
  tf.tidy(() => {
    const weights = layer.getWeights().map(({shape}, i) => {
      const values = makeValues({shape, values: 'uniform', range: [0.1, 0.9], seed: 5}, i) as Float32Array;
      return tf.sub(tf.tensor(values, shape), i % 2 === 0 ? 0.5 : 0);
    });
    layer.setWeights(weights);
  });
}

/** The gradients of a weighted sum of the output; zeros by variables that it does not depend on. */
function gradients(apply: () => tf.Tensor, variables: tf.Variable[]): tf.Tensor[] {
  const {value, grads} = tf.variableGrads(() => {
    const y = apply();
    const weights = makeValues({shape: y.shape, seed: 7}, 0) as Float32Array;
    return tf.sum(tf.mul(y, tf.tensor(weights, y.shape)));
  }, variables);
  return [value, ...variables.map(({name, shape}) => grads[name] ?? tf.zeros(shape))];
}
