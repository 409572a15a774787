import {existsSync} from 'node:fs';
import path from 'node:path';
import {UsageError} from '../common/errors';
import {findModel, findRecipe, recipes, runName} from '../recipes';
import {calledAs} from './called-as';

/** What a training run writes its figures to, in its folder. */
export const RUN_FILE = 'run.json';

/**
 * The folder into which a recipe, or recipe/model, is trained where `--out` tells no other; undefined for what names no recipe.
 *
 * @throws UsageError that tells what to train, where the recipe has not been trained there.
 */
export function runOfRecipe(name: string): string | undefined {
  const [recipeName, modelName] = name.split('/');
  if (!recipes.some((recipe) => recipe.name === recipeName.toLowerCase())) return undefined;
  const recipe = findRecipe(recipeName);
  const model = findModel(recipe, modelName);
  const folder = path.join('out', runName(recipe, model));
  if (existsSync(path.join(folder, RUN_FILE))) return folder;
  const flag = recipe.models.length > 1 ? ` --model ${model.name}` : '';
  throw new UsageError(
    `${name} is not trained yet (there is no ${path.join(folder, RUN_FILE)}): ${calledAs()} train ${recipe.name}${flag}`,
  );
}
