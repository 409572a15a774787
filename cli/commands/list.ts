import {Command} from 'commander';
import {newTable} from '../../common/node/table.mjs';
import {type Recipe, recipes} from '../../recipes';
import {addJsonOption, type JsonOption} from '../options';
import {Output} from '../output';

/** Of a terminal, unless somebody has made it wider. */
const WIDTH = 80;

export function listCommand(): Command {
  const command = new Command('list').description('List the recipes and their models.');
  return addJsonOption(command).action(async (options: JsonOption) => {
    const output = new Output(options);
    await output.json(recipes.map(entry));
    if (options.json !== true) output.print(recipeTable());
  });
}

function entry({name, title, summary, models, stages}: Recipe) {
  return {name, title, summary, models: models.map((model) => model.name), stages};
}

function recipeTable(): string {
  const head = ['Recipe', 'Models', 'Epochs', 'Batch', ''];
  const rows = recipes.map(({name, models, stages, summary}) => [
    name,
    models.length > 1 ? models.map((model) => model.name).join('\n') : '',
    stages.map(({epochs}) => epochs).join(' + '),
    stages.map(({batchSize}) => batchSize).join(', '),
    summary,
  ]);
  const widths = head.slice(0, -1).map((title, column) => {
    return 2 + Math.max(title.length, ...rows.flatMap((cells) => cells[column].split('\n').map((line) => line.length)));
  });
  // A border before and after each column.
  const last = WIDTH - widths.reduce((total, width) => total + width + 1, 0) - 2;
  const table = newTable(head, head.length, {colWidths: [...widths, last], wordWrap: true});
  table.push(...rows);
  return table.toString();
}
