import path from 'node:path';
import {UsageError} from '../../common/errors';
import {
  findModel,
  type OptimizerSettings,
  type Recipe,
  type RecipeModel,
  runName,
  type Stage,
  type Validation,
} from '../../recipes';
import {DEFAULT_SEED, type TrainOptions} from '../options';

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
  const model = findModel(recipe, options.model);
  const {epochs, batchSize, learningRate, validationSplit: fraction} = options;
  return {
    recipe,
    model,
    stages: recipe.stages.map((stage) => ({
      ...stage,
      epochs: epochs ?? stage.epochs,
      batchSize: batchSize ?? stage.batchSize,
    })),
    optimizer: {...recipe.optimizer, learningRate: learningRate ?? recipe.optimizer.learningRate},
    validation: fraction === undefined ? recipe.validation : fraction === 0 ? undefined : {on: 'last', fraction},
    seed: options.seed ?? DEFAULT_SEED,
    options,
    out: options.out ?? path.join('out', runName(recipe, model)),
  };
}
