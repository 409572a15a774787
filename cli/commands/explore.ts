import path from 'node:path';
import {Command} from 'commander';
import {writeFileAtomic} from 'mnist-wasm/node';
import pc from 'picocolors';
import {integer} from '../../common/node/integer.mjs';
import {labelCounts, randomIndices} from '../../recipes';
import {loadData} from '../data';
import {addDataOptions, addJsonOption, type DataOptions, type JsonOption, outputFolder} from '../options';
import {Output} from '../output';
import {assertOutputFolder} from '../output-folder';
import {downloadProgress} from '../progress';
import {explorationPage} from '../report/exploration';
import {digitGrid} from '../terminal/digit-grid';
import {labelTable} from '../terminal/label-table';

type ExploreOptions = DataOptions & JsonOption & {seed: number; out: string};

const GRID = 25;

export function exploreCommand(): Command {
  const command = new Command('explore').description(
    'Show the data: how many images each label has, and a grid of 5 x 5 random training digits.',
  );
  addDataOptions(command)
    .option('--seed <n>', 'which digits are shown', integer(0, 2 ** 32 - 1), 1)
    .option('--out <folder>', 'where the page with the same goes', outputFolder, path.join('out', 'explore'));
  return addJsonOption(command).action(explore);
}

async function explore(options: ExploreOptions): Promise<void> {
  const output = new Output(options);
  await assertOutputFolder('--out', options.out);
  const data = await loadData(options, downloadProgress(output.stream));
  const indices = randomIndices(data.train, GRID, options.seed);
  const page = path.join(options.out, 'exploration.html');
  output.print(`${pc.bold(data.description)}\n\n${labelTable(data)}\n\n${digitGrid(data.train, indices)}\n`);
  await writeFileAtomic(page, explorationPage(data, options.seed));
  output.print(`Page    ${page}`);
  await output.json({
    data: data.description,
    labels: {train: labelCounts(data.train), test: labelCounts(data.test)},
    shown: indices,
  });
}
