import {existsSync} from 'node:fs';
import path from 'node:path';
import {UsageError} from '../common/errors';
import {findModel, findRecipe, recipes, runName} from '../recipes';
import {calledAs} from './called-as';

/** What a training run writes its figures to, in its folder. */
export const RUN_FILE = 'run.json';

/** Where runs go that are given no other folder. */
export const RUNS = 'out';

/**
 * The folder of the run that has a name, or of a recipe, or recipe/model, where `--out` told no other; undefined for what names
 * neither.
 *
 * @throws UsageError that tells what to train, where the recipe has not been trained there.
 */
export function runNamed(name: string): string | undefined {
  const named = path.join(RUNS, name);
  if (path.basename(name) === name && existsSync(path.join(named, RUN_FILE))) return named;
  const [recipeName, modelName] = name.split('/');
  if (!recipes.some((recipe) => recipe.name === recipeName.toLowerCase())) return undefined;
  const recipe = findRecipe(recipeName);
  const model = findModel(recipe, modelName);
  const folder = path.join(RUNS, runName(recipe, model));
  if (existsSync(path.join(folder, RUN_FILE))) return folder;
  const flag = recipe.models.length > 1 ? ` --model ${model.name}` : '';
  throw new UsageError(
    `${name} is not trained yet (there is no ${path.join(folder, RUN_FILE)}): ${calledAs()} train ${recipe.name}${flag}`,
  );
}
