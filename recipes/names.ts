import type {Recipe, RecipeModel} from './recipe';

/** The name of a recipe's model in folders: that of the recipe alone where it has but one. */
export function runName(recipe: Recipe, model: RecipeModel): string {
  return recipe.models.length === 1 ? recipe.name : `${recipe.name}-${model.name}`;
}

/** The title of a recipe's model, where the recipe has several. */
export function variantOf(recipe: Recipe, model: RecipeModel): string | undefined {
  return recipe.models.length > 1 ? model.title : undefined;
}

/** What a run is called: the recipe and, where it has several models, which of them. */
export function runTitle({title, variant}: {title: string; variant?: string}): string {
  return variant === undefined ? title : `${title}, ${variant}`;
}
