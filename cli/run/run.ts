import {UsageError} from '../../common/errors';
import type {Recipe} from '../../recipes';
import {activateBackend} from '../backend';
import {RunError} from '../errors';
import type {TrainOptions} from '../options';
import {Output} from '../output';
import {CheckpointFolder, type LoadedCheckpoint, resumedOptions} from './checkpoint';
import {description} from './description';
import {planTraining, type TrainingPlan} from './plan';
import {prepare, prepareOutput} from './prepare';
import type {Run} from './record';
import {TrainingRun} from './training-run';

/**
 * A training run from the command line to the report.
 *
 * @returns the exit code: 0 done, 130 or 143 stopped by a signal.
 * @throws UsageError, RunError
 */
export async function runTraining(recipe: Recipe, given: TrainOptions): Promise<number> {
  const output = new Output(given);
  const checkpoints = new CheckpointFolder(planTraining(recipe, given).out);
  const backend = await activateBackend(given.backend, given.threads);
  const resumed = given.resume ? await checkpoints.load() : undefined;
  try {
    const options = resumed ? resumedOptions(given, recipe.name, resumed.checkpoint) : given;
    const plan = planTraining(recipe, options);
    if (!resumed) await beginAnew(checkpoints, plan);
    await prepareOutput(plan);
    const run = await prepare(plan, backend, output);
    await checkResumed(run, resumed);
    output.print(description(run));
    return await new TrainingRun(run, output, checkpoints).train(resumed?.checkpoint.state);
  } finally {
    resumed?.dispose();
  }
}

async function beginAnew(checkpoints: CheckpointFolder, {out, options}: TrainingPlan): Promise<void> {
  if (checkpoints.exists() && !options.overwrite) {
    throw new UsageError(`${out} holds an unfinished run: --resume goes on with it, --overwrite begins anew`);
  }
  await checkpoints.remove();
}

async function checkResumed({data, model}: Run, resumed: LoadedCheckpoint | undefined): Promise<void> {
  if (!resumed) return;
  if (resumed.checkpoint.data !== data.description) {
    throw new RunError(`the unfinished run is of other data: ${resumed.checkpoint.data}; this is ${data.description}`);
  }
  await resumed.restore(model);
}
