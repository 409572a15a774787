/** Digests of the recipes' models after some training, in Node and in browsers. */
import {sha256} from '@noble/hashes/sha2.js';
import {bytesToHex} from '@noble/hashes/utils.js';
import {dispose, enableProdMode, type Tensor} from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import {type FeatureLevel, featureLevel, threadCount} from 'mnist-wasm';
import {builtInDigits, type MnistSplit} from 'mnist-wasm/mnist';
import {compileForClassification, exampleSource, type Recipe, recipes, reseedDropout, runName} from '../../recipes';
import {awaitThreads, restart} from '../running';

export interface Settings {
  /** Only models with this in their names. */
  only: string;
  /** Training steps of each model. */
  steps: number;
  /** By default the best there is. */
  level?: FeatureLevel;
  /** Each model is digested on each of these numbers of threads; once, on what the backend chooses, where there are none. */
  threads?: readonly number[];
}

export interface Digest {
  model: string;
  level: FeatureLevel;
  /** How many computed, from the first step to the last; only where the number was asked for. */
  threads?: number;
  digest: string;
}

export const modelNames = recipes.flatMap((recipe) => recipe.models.map((model) => runName(recipe, model)));

/**
 * Trains and digests one after the other.
 *
 * @throws Error where not as many threads compute as were asked for
 */
export async function* digests({only, steps, level, threads}: Settings): AsyncGenerator<Digest> {
  enableProdMode();
  const {train} = builtInDigits({trainSize: 6000, testSize: 10});
  for (const recipe of recipes) {
    for (const recipeModel of recipe.models) {
      const name = runName(recipe, recipeModel);
      if (!name.includes(only)) continue;
      for (const count of threads ?? [undefined]) {
        await restart({features: level, threads: count});
        if (count !== undefined) await awaitThreads(count);
        const model = recipeModel.build(1);
        const digest = await digestOf(model, recipe, train, steps);
        model.dispose();
        if (count !== undefined && threadCount() !== count)
          throw new Error(`${name}: ${threadCount()} of ${count} threads compute at the end`);
        yield {model: name, level: featureLevel() as FeatureLevel, threads: count, digest};
      }
    }
  }
}

/** SHA-256 of the loss of each step and of all weights after the last, in hexadecimal. */
async function digestOf(model: LayersModel, recipe: Recipe, train: MnistSplit, steps: number): Promise<string> {
  const hash = sha256.create();
  compileForClassification(model, recipe.optimizer, recipe.loss);
  const source = exampleSource(model, train, recipe.loss);
  const {batchSize} = recipe.stages[0];
  for (let step = 0; step < steps; step++) {
    const positions = Int32Array.from({length: batchSize}, (_, i) => (step * batchSize + i) % source.count);
    const {xs, ys} = source.take(positions);
    reseedDropout(model, step);
    const figures = await model.trainOnBatch(xs as Tensor, ys as Tensor);
    hash.update(bytesOf(Float64Array.from([figures].flat())));
    dispose([xs, ys]);
  }
  for (const weight of model.getWeights()) hash.update(bytesOf(await weight.data()));
  return bytesToHex(hash.digest()).slice(0, 32);
}

function bytesOf({buffer, byteOffset, byteLength}: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
