import {existsSync} from 'node:fs';
import {Command} from 'commander';
import {count, duration, percent} from '../../common/format';
import {newTable} from '../../common/node/table.mjs';
import {calledAs} from '../called-as';
import {addJsonOption, type JsonOption} from '../options';
import {Output} from '../output';
import {listRuns, type RunSummary} from '../run/list-runs';
import {RUNS} from '../run-folder';

export function runsCommand(): Command {
  const command = new Command('runs')
    .description('List the runs with their results, those that ended last first.')
    .argument('[folder]', `where the folders of the runs are (default: ${RUNS})`);
  return addJsonOption(command).action(async (given: string | undefined, options: JsonOption) => {
    const output = new Output(options);
    const folder = given ?? RUNS;
    // Before the first run there is no folder either.
    const runs = given === undefined && !existsSync(RUNS) ? [] : await listRuns(folder);
    await output.json(runs);
    if (options.json !== true) output.print(runs.length === 0 ? nothing(folder) : runTable(runs));
  });
}

function nothing(folder: string): string {
  return `There is no run in ${folder} yet: ${calledAs()} train lenet makes one.`;
}

function runTable(runs: RunSummary[]): string {
  const table = newTable(['Run', 'Model', 'Data', 'Epochs', 'Accuracy', 'Time', 'Ended'], 3);
  for (const {name, title, data, status, epochs, accuracy, seconds, date} of runs) {
    const ended = date === null ? status : date.slice(0, 10);
    const note = status === 'finished' || date === null ? '' : `, ${status}`;
    table.push([
      name,
      title,
      data ?? '',
      count(epochs),
      accuracy === null ? '' : percent(accuracy),
      duration(seconds),
      ended + note,
    ]);
  }
  return table.toString();
}
