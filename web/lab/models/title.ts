import {findModel, findRecipe, runName, runTitle, variantOf} from '../../../recipes';
import type {ModelChoice} from '../types';
import type {ModelNote} from './types';

/** What a recipe's model is called. */
export function titleOf(choice: ModelChoice): string {
  const recipe = findRecipe(choice.recipe);
  const model = findModel(recipe, choice.model);
  return runTitle({title: recipe.title, variant: variantOf(recipe, model)});
}

/** The name of a model's files without their ending. */
export function fileStem({choice, title}: Pick<ModelNote, 'choice' | 'title'>): string {
  if (choice) {
    const recipe = findRecipe(choice.recipe);
    return runName(recipe, findModel(recipe, choice.model));
  }
  const withoutEnding = title.replace(/\.(h5|hdf5|keras|json)$/i, '');
  return withoutEnding.replace(/[^\w.-]+/g, '-').replace(/^[-.]+|[-.]+$/g, '') || 'model';
}
