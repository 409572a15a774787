import {dispose, type Tensor} from '@tensorflow/tfjs-core';
import type {LayersModel, SymbolicTensor} from '@tensorflow/tfjs-layers';
import type {MnistSplit} from 'mnist-wasm/mnist';
import {subset, toExamples} from '../../../recipes';
import {valuesAt} from './layers';
import type {Stopwatch} from './stopwatch';

/** Images that are computed before others have their turn. */
const CHUNK = 50;

export interface Work {
  model: LayersModel;
  watch: Stopwatch;
  /** Whether the answer is no longer wanted, or its model no longer there. */
  isOver(): boolean;
}

/**
 * What a model computes of many images at one place, in chunks between which the worker does what else it is asked.
 *
 * @param reduce makes of the values of a chunk what is wanted of them, one row an image; the caller of it disposes both.
 * @returns the rows one after the other; undefined where it was over before it was done.
 */
export async function rowsOf(
  {model, watch, isOver}: Work,
  images: MnistSplit,
  output: SymbolicTensor,
  reduce: (values: Tensor) => Tensor = (values) => values.clone(),
): Promise<Float32Array | undefined> {
  const rows: Float32Array[] = [];
  for (let start = 0; start < images.size; start += CHUNK) {
    if (start > 0) await turnOfOthers();
    if (isOver()) return undefined;
    const chunk = subset(images, start, Math.min(images.size, start + CHUNK));
    rows.push(await watch.run(() => computeRows(model, chunk, output, reduce)));
  }
  return joined(rows);
}

async function computeRows(
  model: LayersModel,
  images: MnistSplit,
  output: SymbolicTensor,
  reduce: (values: Tensor) => Tensor,
): Promise<Float32Array> {
  const {xs, ys} = toExamples(model, images);
  const [values] = valuesAt(model, [output], xs);
  const reduced = reduce(values);
  dispose([xs, ys, values]);
  const row = Float32Array.from(await reduced.data());
  reduced.dispose();
  return row;
}

/** A task of its own: messages that came meanwhile, and a training's next step, come first. */
function turnOfOthers(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

function joined(rows: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(rows.reduce((length, row) => length + row.length, 0));
  let at = 0;
  for (const row of rows) {
    all.set(row, at);
    at += row.length;
  }
  return all;
}
