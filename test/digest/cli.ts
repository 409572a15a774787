/**
 * `npm run digest`: trains each of the recipes' models for some steps and prints a digest of its losses and weights.
 * Two builds whose digests are equal compute the same bits: for changes that must not change a result.
 */
import {createHash} from 'node:crypto';
import {dispose, enableProdMode, setBackend, type Tensor} from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import {Command} from 'commander';
import {featureLevel} from 'mnist-wasm';
import {builtInDigits} from 'mnist-wasm/mnist';
import {integer} from '../../common/node/integer.mjs';
import {compileForClassification, exampleSource, type Recipe, recipes, reseedDropout, runName} from '../../recipes';

const options = new Command('npm run digest --')
  .option('--steps <n>', 'training steps of each model', integer(1, 1_000_000), 200)
  .option('--only <text>', 'only models with this in their names', '')
  .parse()
  .opts<{steps: number; only: string}>();

enableProdMode();
await setBackend('mnist-wasm');
const {train} = builtInDigits({trainSize: 6000, testSize: 10});
for (const recipe of recipes) {
  for (const recipeModel of recipe.models) {
    const name = runName(recipe, recipeModel);
    if (!name.includes(options.only)) continue;
    const model = recipeModel.build(1);
    console.log(`${name} ${featureLevel()} ${await digest(model, recipe, options.steps)}`);
    model.dispose();
  }
}

/** SHA-256 of the loss of each step and of all weights after the last, in hexadecimal. */
async function digest(model: LayersModel, recipe: Recipe, steps: number): Promise<string> {
  const hash = createHash('sha256');
  compileForClassification(model, recipe.optimizer, recipe.loss);
  const source = exampleSource(model, train, recipe.loss);
  const {batchSize} = recipe.stages[0];
  for (let step = 0; step < steps; step++) {
    const positions = Int32Array.from({length: batchSize}, (_, i) => (step * batchSize + i) % source.count);
    const {xs, ys} = source.take(positions);
    reseedDropout(model, step);
    const figures = await model.trainOnBatch(xs as Tensor, ys as Tensor);
    hash.update(Float64Array.from([figures].flat()));
    dispose([xs, ys]);
  }
  for (const weight of model.getWeights()) hash.update(await weight.data());
  return hash.digest('hex').slice(0, 32);
}
