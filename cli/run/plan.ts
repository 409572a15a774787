import path from 'node:path';
import {UsageError} from '../../common/errors';
import {
  findModel,
  LEARNING_RATES,
  type OptimizerSettings,
  type Recipe,
  type RecipeModel,
  runName,
  type Stage,
  type Validation,
} from '../../recipes';
import {DEFAULT_SEED, type TrainOptions} from '../options';
import {RUNS} from '../run-folder';

/** A run as the recipe and the command line want it. */
export interface TrainingPlan {
  recipe: Recipe;
  model: RecipeModel;
  stages: readonly Stage[];
  optimizer: OptimizerSettings;
  /** Undefined for none. */
  validation: Validation | undefined;
  seed: number;
  options: TrainOptions;
  out: string;
}

/** @throws UsageError for a model that the recipe does not have, or options that exclude each other. */
export function planTraining(recipe: Recipe, options: TrainOptions): TrainingPlan {
  if (options.resume && options.overwrite) throw new UsageError('--resume and --overwrite exclude each other');
  if (options.name !== undefined && options.out !== undefined) {
    throw new UsageError('--name and --out exclude each other');
  }
  const model = findModel(recipe, options.model);
  const {epochs, batchSize, validationSplit: fraction} = options;
  return {
    recipe,
    model,
    stages: recipe.stages.map((stage) => ({
      ...stage,
      epochs: epochs ?? stage.epochs,
      batchSize: batchSize ?? stage.batchSize,
    })),
    optimizer: optimizerOf(recipe, options),
    validation: fraction === undefined ? recipe.validation : fraction === 0 ? undefined : {on: 'last', fraction},
    seed: options.seed ?? DEFAULT_SEED,
    options,
    out: options.out ?? path.join(RUNS, options.name ?? runName(recipe, model)),
  };
}

/** The step size of a recipe is one for its own optimizer. */
function optimizerOf({optimizer}: Recipe, {optimizer: name = optimizer.name, learningRate}: TrainOptions) {
  const usual = name === optimizer.name ? optimizer.learningRate : LEARNING_RATES[name];
  return {...optimizer, name, learningRate: learningRate ?? usual};
}
