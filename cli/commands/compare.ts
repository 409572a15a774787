import {existsSync, statSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {Command} from 'commander';
import {writeFileAtomic} from 'mnist-wasm/node';
import {findModel, findRecipe, recipes, runName} from '../../recipes';
import {RunError} from '../errors';
import {addJsonOption, type JsonOption, outputFolder} from '../options';
import {Output} from '../output';
import {assertOutputFolder} from '../output-folder';
import {comparisonPage} from '../report/comparison';
import type {RunRecord} from '../run/record';
import {comparisonTable} from '../terminal/comparison-table';

export function compareCommand(): Command {
  const command = new Command('compare')
    .description('Two runs side by side: accuracy, execution time, learning curves.')
    .argument('<a>', "a run's folder or its run.json; or a recipe, or recipe/model, trained into its usual folder")
    .argument('<b>', 'the other')
    .option('--out <folder>', 'where the page with the same goes', outputFolder, path.join('out', 'comparison'));
  return addJsonOption(command).action(async (a: string, b: string, options: JsonOption & {out: string}) => {
    const output = new Output(options);
    await assertOutputFolder('--out', options.out);
    const [first, second] = [await readRun(a), await readRun(b)];
    const page = path.join(options.out, 'comparison.html');
    await writeFileAtomic(page, comparisonPage(first, second));
    output.print(`${comparisonTable(first, second)}\nPage    ${page}`);
    await output.json([first, second]);
  });
}

async function readRun(name: string): Promise<RunRecord> {
  const file = fileOf(name);
  try {
    const record = JSON.parse(await readFile(file, 'utf8')) as Partial<RunRecord>;
    if (!record.test || !record.history || !record.model) throw new Error('it is not what a training run writes');
    return record as RunRecord;
  } catch (error) {
    throw new RunError(`cannot read the run ${name}: ${(error as Error).message}`);
  }
}

function fileOf(name: string): string {
  if (existsSync(name)) return statSync(name).isDirectory() ? path.join(name, 'run.json') : name;
  const [recipeName, modelName] = name.split('/');
  if (!recipes.some((recipe) => recipe.name === recipeName)) {
    throw new RunError(`there is no run ${name}: expected a run's folder, its run.json, a recipe, or recipe/model`);
  }
  const recipe = findRecipe(recipeName);
  const model = findModel(recipe, modelName);
  const file = path.join('out', runName(recipe, model), 'run.json');
  if (existsSync(file)) return file;
  const flag = recipe.models.length > 1 ? ` --model ${model.name}` : '';
  throw new RunError(`${name} is not trained yet (there is no ${file}): mnist-wasm train ${recipe.name}${flag}`);
}
