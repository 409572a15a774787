import {existsSync} from 'node:fs';
import {Command} from 'commander';
import pc from 'picocolors';
import {count} from '../../common/format';
import {newTable} from '../../common/node/table.mjs';
import {findModel, findRecipe, recipes} from '../../recipes';
import {activateBackend} from '../backend';
import {type Operation, RunnableGraph} from '../graph/graph-model';
import {type FoundModel, findModelAt, isGraph} from '../open-model';
import {addJsonOption, DEFAULT_SEED, type JsonOption} from '../options';
import {Output} from '../output';
import {modelRecord, type RunRecord} from '../run/record';

type SummaryOptions = JsonOption & {model?: string};

export function summaryCommand(): Command {
  const command = new Command('summary')
    .description(
      'List the layers of a model, or the operations of a graph model, with their output shapes and parameters.',
    )
    .argument('<model>', 'a recipe, or recipe/model, also untrained; or what evaluate takes')
    .option('--model <name>', "which of the recipe's models");
  return addJsonOption(command).action(async (name: string, options: SummaryOptions) => {
    const output = new Output(options);
    await activateBackend('mnist-wasm');
    const model = await find(name, options.model);
    if (isGraph(model)) {
      const graph = await RunnableGraph.load(model);
      const [operations, parameters] = [graph.operations(), graph.countParams()];
      output.print(operationTable(name, operations, parameters));
      return output.json({parameters, operations});
    }
    const record = modelRecord(model);
    output.print(layerTable(model.name, record));
    await output.json(record);
  });
}

/** A recipe's model need not be trained; a file or folder of its name goes first, as for the other commands. */
async function find(name: string, modelName?: string): Promise<FoundModel['model']> {
  const [recipe, model] = name.split('/');
  const isRecipe = recipes.some((one) => one.name === recipe.toLowerCase());
  if (modelName === undefined && (existsSync(name) || !isRecipe)) return (await findModelAt(name)).model;
  return findModel(findRecipe(recipe), modelName ?? model).build(DEFAULT_SEED);
}

function layerTable(name: string, {layers, parameters, trainable}: RunRecord['model']): string {
  const table = newTable(['Layer', 'Type', 'Output shape', 'Parameters'], 3);
  for (const layer of layers) table.push([layer.name, layer.type, layer.outputShape, count(layer.parameters)]);
  const total = `${count(parameters)} parameters, ${count(trainable)} of them trained`;
  return `${pc.bold(name)}\n${table.toString()}\n${total}`;
}

function operationTable(name: string, operations: Operation[], parameters: number): string {
  const table = newTable(['Operation', 'Type', 'Output shape', 'Parameters'], 3);
  for (const {name: operation, op, shape, parameters: own} of operations) {
    const sides = shape?.map((side) => side ?? 'batch');
    table.push([operation, op, sides ? `[${sides.join(', ')}]` : 'unknown', count(own)]);
  }
  return `${pc.bold(name)}, a graph model\n${table.toString()}\n${count(parameters)} parameters`;
}
