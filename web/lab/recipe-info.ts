import {recipes} from '../../recipes';
import type {Training} from './train';
import type {RecipeInfo, TrainingInfo} from './types';

/** The catalogue for the page, which need not load what the models are made of. */
export function describeRecipes(): RecipeInfo[] {
  return recipes.map((recipe) => ({
    name: recipe.name,
    title: recipe.title,
    summary: recipe.summary,
    models: recipe.models.map(({name, title}) => ({name, title})),
    training: describeTraining(recipe),
  }));
}

export function describeTraining({stages, optimizer, earlyStopping}: Training): TrainingInfo {
  const has = {
    stages: stages.length > 1,
    augmentation: stages.some(({augmentation}) => augmentation),
    earlyStopping: earlyStopping !== undefined,
  };
  return {
    stages: stages.length,
    epochs: stages.map(({epochs}) => epochs),
    batchSize: stages[0].batchSize,
    learningRate: optimizer.learningRate,
    optimizer: optimizer.name,
    beyond: (['stages', 'augmentation', 'earlyStopping'] as const).filter((one) => has[one]),
  };
}
