import {readFileSync} from 'node:fs';
import path from 'node:path';
import {gunzipSync} from 'node:zlib';
import {type Tensor, tensor, tidy} from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import * as h5wasm from 'h5wasm';

interface Values {
  shape: number[];
  values: number[];
}

const folder = path.join(import.meta.dirname, 'fixtures');

/** A file that Keras 3 saved. */
export function fixture(name: string): Uint8Array {
  return new Uint8Array(gunzipSync(readFileSync(path.join(folder, `${name}.gz`))));
}

const expected = JSON.parse(readFileSync(path.join(folder, 'expected.json'), 'utf8')) as Record<
  string,
  {inputs: Values[]; outputs: Values[]}
>;

/** The largest difference between what a model predicts for a fixture's inputs and what it predicted in Keras. */
export function differenceFromKeras(model: LayersModel, name: string): number {
  const {inputs, outputs} = expected[name];
  return tidy(() => {
    const predicted = [model.predict(inputs.map(({shape, values}) => tensor(values, shape)))].flat() as Tensor[];
    return Math.max(
      ...predicted.flatMap((output, i) =>
        Array.from(output.dataSync(), (value, k) => Math.abs(value - outputs[i].values[k])),
      ),
    );
  });
}

/** Disposes a model, and also its layers that are called more than once: tfjs-layers forgets those. */
export function discard(model: LayersModel): void {
  model.dispose();
  for (const layer of model.layers) if ((layer as unknown as {_refCount: number})._refCount > 0) layer.dispose();
}

/** Every weight's bits, by the order of the model's weights. */
export function bitsOf(model: LayersModel): string[] {
  return model.weights.map((weight) => {
    const {buffer, byteOffset, byteLength} = weight.read().dataSync() as Float32Array;
    return `${weight.shape}:${Buffer.from(buffer, byteOffset, byteLength).toString('hex')}`;
  });
}

/** An HDF5 file made by `fill`, with h5wasm's own module. */
export async function hdf5(fill: (root: h5wasm.File) => void): Promise<Uint8Array> {
  const {FS} = await h5wasm.ready;
  const file = new h5wasm.File('/made.h5', 'w');
  fill(file);
  file.close();
  return (FS.readFile('/made.h5') as Uint8Array).slice();
}

/** What `look` finds in an HDF5 file. */
export async function inHdf5<T>(bytes: Uint8Array, look: (root: h5wasm.File) => T): Promise<T> {
  const {FS} = await h5wasm.ready;
  FS.writeFile('/looked-at.h5', bytes);
  const file = new h5wasm.File('/looked-at.h5', 'r');
  try {
    return look(file);
  } finally {
    file.close();
  }
}
