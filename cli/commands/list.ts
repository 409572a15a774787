import {Command} from 'commander';
import {newTable} from '../../common/node/table.mjs';
import {type Recipe, recipes} from '../../recipes';
import {addJsonOption, type JsonOption} from '../options';
import {Output} from '../output';

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
  const table = newTable(['Recipe', 'Models', 'Epochs', 'Batch', ''], 5, {
    colWidths: [null, null, null, null, 50],
    wordWrap: true,
  });
  for (const {name, models, stages, summary} of recipes) {
    table.push([
      name,
      models.length > 1 ? models.map((model) => model.name).join('\n') : '',
      stages.map(({epochs}) => epochs).join(' + '),
      stages.map(({batchSize}) => batchSize).join(', '),
      summary,
    ]);
  }
  return table.toString();
}
