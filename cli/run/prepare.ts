import {compileForClassification, splitOff} from '../../recipes';
import {type ActiveBackend, assertTrains} from '../backend';
import {loadData} from '../data';
import type {Output} from '../output';
import {assertOutputFolder} from '../output-folder';
import {downloadProgress} from '../progress';
import type {TrainingPlan} from './plan';
import type {Run} from './record';

/** Fails now, not after minutes of training, where the results could not be written. */
export async function prepareOutput({out}: TrainingPlan): Promise<void> {
  await assertOutputFolder('--out', out);
}

/** Data and model of a run, the model compiled. */
export async function prepare(plan: TrainingPlan, backend: ActiveBackend, output: Output): Promise<Run> {
  const {recipe, options, seed} = plan;
  const model = plan.model.build(seed);
  assertTrains(options.backend, model);
  const data = await loadData(options, downloadProgress(output.stream));
  compileForClassification(model, plan.optimizer, recipe.loss);
  return {plan, data, backend, model, ...splitOff(plan.validation, data)};
}
