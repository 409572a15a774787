import {UsageError} from '../common/errors';
import {knownNames} from '../common/suggestion';
import {alexnetRecipe} from './alexnet';
import {batchNormCnnRecipe} from './batch-norm-cnn';
import {lenetRecipe} from './lenet';
import {mlpRecipe} from './mlp';
import type {Recipe, RecipeModel} from './recipe';
import {simpleCnnRecipe} from './simple-cnn';
import {stridedCnnRecipe} from './strided-cnn';

export const recipes: readonly Recipe[] = [
  lenetRecipe,
  alexnetRecipe,
  batchNormCnnRecipe,
  stridedCnnRecipe,
  mlpRecipe,
  simpleCnnRecipe,
];

/** @throws UsageError that lists the names, if there is none of that name. */
export function findRecipe(name: string): Recipe {
  return find('recipe', recipes, name);
}

/** @throws UsageError that lists the names, if the recipe has no model of that name. */
export function findModel(recipe: Recipe, name = recipe.models[0].name): RecipeModel {
  return find(`model of ${recipe.name}`, recipe.models, name);
}

function find<T extends {name: string}>(kind: string, all: readonly T[], name: string): T {
  const found = all.find((one) => one.name === name.toLowerCase());
  if (found) return found;
  const names = all.map((one) => one.name);
  throw new UsageError(`there is no ${kind} named '${name}'; ${knownNames(name, names)}`);
}
