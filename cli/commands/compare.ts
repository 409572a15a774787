import {existsSync, statSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {Command} from 'commander';
import {writeFileAtomic} from 'mnist-wasm/node';
import {didYouMean} from '../../common/suggestion';
import {recipes} from '../../recipes';
import {RunError} from '../errors';
import {addJsonOption, type JsonOption, outputFolder} from '../options';
import {Output} from '../output';
import {assertOutputFolder} from '../output-folder';
import {comparisonPage} from '../report/comparison';
import type {RunRecord} from '../run/record';
import {RUN_FILE, runOfRecipe} from '../run-folder';
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
  const found = existsSync(name) ? name : runOfRecipe(name);
  if (found !== undefined) return statSync(found).isDirectory() ? path.join(found, RUN_FILE) : found;
  const hint = didYouMean(
    name,
    recipes.map((recipe) => recipe.name),
  );
  throw new RunError(
    `there is no run ${name}: expected a run's folder, its run.json, a recipe, or recipe/model${hint && `. ${hint}`}`,
  );
}
