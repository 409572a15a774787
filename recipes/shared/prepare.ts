import path from 'node:path';
import {type ActiveBackend, assertTrains} from './backend';
import {subset} from './batches';
import {loadData} from './data';
import {UsageError} from './errors';
import {assertWritable} from './files';
import type {Output} from './output';
import type {TrainingPlan} from './plan';
import {downloadProgress} from './progress';
import {compileForClassification, type Validation} from './recipe';
import type {Run} from './record';

/** Fails now, not after minutes of training, where the results could not be written. */
export async function prepareOutput({out, options: {json}}: TrainingPlan): Promise<void> {
  const folders = [{flag: '--out', folder: out}];
  if (typeof json === 'string') folders.push({flag: '--json', folder: path.dirname(json)});
  for (const {flag, folder} of folders) {
    try {
      await assertWritable(folder);
    } catch (error) {
      throw new UsageError(`${flag}: cannot write to the folder ${folder}: ${(error as Error).message}`);
    }
  }
}

/** Data and model of a run, the model compiled. */
export async function prepare(plan: TrainingPlan, backend: ActiveBackend, output: Output): Promise<Run> {
  const {recipe, options, seed} = plan;
  const model = plan.model.build(seed);
  assertTrains(options.backend, model);
  const data = await loadData(options, downloadProgress(output.stream));
  compileForClassification(model, plan.optimizer, recipe.loss);
  return {plan, data, backend, model, ...split(data.train, plan.validation, data.test)};
}

function split(
  all: Run['train'],
  validation: Validation | undefined,
  test: Run['train'],
): Pick<Run, 'train' | 'validation'> {
  if (validation === undefined) return {train: all};
  if (validation.on === 'test') return {train: all, validation: test};
  if (validation.on === 'last') {
    const end = all.size - Math.floor(all.size * validation.fraction);
    return {train: subset(all, 0, end), validation: end < all.size ? subset(all, end, all.size) : undefined};
  }
  // Of a smaller data set the same share: a tenth of MNIST.
  const count = Math.min(validation.count, Math.floor(all.size / 10));
  return {train: subset(all, count, all.size), validation: count > 0 ? subset(all, 0, count) : undefined};
}
