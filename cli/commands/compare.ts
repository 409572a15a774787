import {existsSync, statSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {Command} from 'commander';
import {writeFileAtomic} from 'mnist-wasm/node';
import {UsageError} from '../../common/errors';
import {RunError} from '../errors';
import {nothingNamed} from '../no-model';
import {addJsonOption, type JsonOption, outputFolder} from '../options';
import {Output} from '../output';
import {assertOutputFolder} from '../output-folder';
import {comparisonPage} from '../report/comparison';
import {parseRecord, type RunRecord} from '../run/record';
import {RUN_FILE, runNamed} from '../run-folder';
import {comparisonTable} from '../terminal/comparison-table';

const RUN = "a run's name, its folder, its run.json, a recipe, or recipe/model";

export function compareCommand(): Command {
  const command = new Command('compare')
    .description('Two runs side by side: accuracy, execution time, learning curves.')
    .argument(
      '<a>',
      "a run's name, its folder or its run.json; or a recipe, or recipe/model, trained into its usual folder",
    )
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
  if (!existsSync(file)) throw new UsageError(`${name} holds no run: there is no ${file}; expected ${RUN}`);
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new RunError(`cannot read the run ${name}: ${error.message}`, {cause: error});
  });
  const record = parseRecord(text);
  if (record === undefined) throw new UsageError(`${file} is not what a training run writes; expected ${RUN}`);
  return record;
}

function fileOf(name: string): string {
  const found = existsSync(name) ? name : runNamed(name);
  if (found !== undefined) return statSync(found).isDirectory() ? path.join(found, RUN_FILE) : found;
  throw nothingNamed('run', name, RUN);
}
