import type {Recipe} from '../../recipes';
import {activateBackend} from '../backend';
import {RunError} from '../errors';
import type {TrainOptions} from '../options';
import {Output} from '../output';
import {CheckpointFolder, type LoadedCheckpoint, resumedOptions} from './checkpoint';
import {description} from './description';
import {assertFree, clearResults, lockRun} from './output-folder';
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
  const plan = planTraining(recipe, given);
  // Before its folder is made.
  if (given.resume) new CheckpointFolder(plan.out).assertExists();
  await prepareOutput(plan);
  const unlock = await lockRun(plan.out);
  try {
    return await trainAlone(plan);
  } finally {
    await unlock();
  }
}

/** The run, while no other writes into its folder. */
async function trainAlone({recipe, options: given, out}: TrainingPlan): Promise<number> {
  const output = new Output(given);
  const checkpoints = new CheckpointFolder(out);
  if (!given.resume && !given.overwrite) await assertFree(out);
  const backend = await activateBackend(given.backend, given.threads);
  const resumed = given.resume ? await checkpoints.load() : undefined;
  try {
    const plan = planTraining(recipe, resumed ? resumedOptions(given, recipe.name, resumed.checkpoint) : given);
    const run = await prepare(plan, backend, output);
    await checkResumed(run, resumed);
    await clearResults(out, {isResumed: resumed !== undefined});
    output.print(description(run));
    return await new TrainingRun(run, output, checkpoints).train(resumed?.checkpoint.state);
  } finally {
    resumed?.dispose();
  }
}

async function checkResumed({data, model}: Run, resumed: LoadedCheckpoint | undefined): Promise<void> {
  if (!resumed) return;
  if (resumed.checkpoint.data !== data.description) {
    throw new RunError(`the unfinished run is of other data: ${resumed.checkpoint.data}; this is ${data.description}`);
  }
  await resumed.restore(model);
}
